import CProcessor

/// How floats are rounded to pairs of bfloat16 numbers: by the processor's instruction, or without.
///
/// Both give equal bits.
struct Bfloat16Rounding {
  let byInstruction: Bool

  /// Writes some neighbouring floats as pairs, zeros after the last one up to eight pairs.
  func writePairs(
    of floats: UnsafePointer<Float>, count: Int, to pairs: UnsafeMutablePointer<UInt32>
  ) {
    #if arch(x86_64)
      if byInstruction { return unsafe bfloat16_pair_neighbours(floats, count, pairs) }
    #endif
    for place in stride(from: 0, to: count, by: Lanes.scalarCount) {
      let values = unsafe Lanes(at: floats + place, count: count &- place)
      unsafe UnsafeMutableRawPointer(pairs + place / 2).storeBytes(
        of: SIMD8(pairingNeighboursOf: values), as: SIMD8<UInt32>.self)
    }
  }

  /// Writes the pairs of the floats of two rows, in steps of sixteen; those of none are zero.
  func writePairs(
    of first: UnsafePointer<Float>, _ second: UnsafePointer<Float>?, count: Int,
    to pairs: UnsafeMutablePointer<UInt32>
  ) {
    #if arch(x86_64)
      if byInstruction { return unsafe bfloat16_pair_rows(first, second, count, pairs) }
    #endif
    for place in stride(from: 0, to: count, by: Lanes.scalarCount) {
      let rest = count &- place
      let upper = unsafe second.map { unsafe Lanes(at: $0 + place, count: rest) } ?? .zero
      let words = unsafe Words(pairing: Lanes(at: first + place, count: rest), upper)
      unsafe UnsafeMutableRawPointer(pairs + place).storeBytes(of: words, as: Words.self)
    }
  }
}
