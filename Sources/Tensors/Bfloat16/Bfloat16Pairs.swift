/// Sixteen 32-bit words: of bfloat16 numbers in their upper halves, or of pairs of them.
///
/// A bfloat16 is the upper half of a float. In a pair the first number stands in the lower half.
typealias Words = SIMD16<UInt32>

// All of these are transparent: a call would pass vectors in pieces and compute in them.

extension Words {
  /// The bfloat16 nearest to each float, the even one of two; subnormal numbers become zero.
  @_transparent
  init(rounding x: Lanes) {
    let bits = unsafe unsafeBitCast(x, to: Words.self)
    let magnitude = bits & Words(repeating: 0x7FFF_FFFF)
    let isOdd = (bits &>> Words(repeating: 16)) & Words(repeating: 1)
    var upper = bits &+ Words(repeating: 0x7FFF) &+ isOdd
    // Rounding could make an infinity of what is no number.
    upper.replace(
      with: bits | Words(repeating: 0x40_0000), where: magnitude .> Words(repeating: 0x7F80_0000))
    upper.replace(
      with: bits & Words(repeating: 0x8000_0000),
      where: magnitude .< Words(repeating: 0x80_0000))
    self = upper & Words(repeating: 0xFFFF_0000)
  }

  /// Pairs of what stands at the same place of two vectors.
  @_transparent
  init(pairing first: Lanes, _ second: Lanes) {
    self = (Words(rounding: first) &>> Words(repeating: 16)) | Words(rounding: second)
  }
}

extension SIMD8<UInt32> {
  /// Pairs of neighbours.
  @_transparent
  init(pairingNeighboursOf x: Lanes) {
    let rounded = Words(rounding: x)
    self = (rounded.evenHalf &>> SIMD8(repeating: 16)) | rounded.oddHalf
  }
}
