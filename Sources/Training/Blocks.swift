import Tensors

/// Some values of a parameter buffer, sixteen at a time; a buffer is a whole number of sixteens.
///
/// A view, as `Tensor` is one: it keeps the buffer's memory alive, and checks each place.
@safe
struct Blocks {
  typealias Block = SIMD16<Float>

  let count: Int
  private let base: UnsafeMutablePointer<Block>
  /// What owns the memory at `base`.
  private let buffer: ParameterBuffer

  /// The values of the buffer at a range of places, both ends multiples of 16.
  init(_ buffer: ParameterBuffer, _ range: Range<Int>) {
    let size = Block.scalarCount
    let whole = buffer.flat
    precondition(
      range.lowerBound % size == 0 && range.upperBound % size == 0 && range.lowerBound >= 0
        && range.upperBound <= whole.count, "places \(range) of \(whole.count)")
    count = range.count / size
    self.buffer = buffer
    unsafe base = UnsafeMutableRawPointer(whole.base + range.lowerBound)
      .assumingMemoryBound(to: Block.self)
  }

  subscript(index: Int) -> Block {
    @inline(__always) get {
      precondition(0 <= index && index < count)
      return unsafe base[index]
    }
    @inline(__always) nonmutating set {
      precondition(0 <= index && index < count)
      unsafe base[index] = newValue
    }
  }
}

// Most rows of an embedding's gradient are zero in any one step: reading them is needed, writing not.
extension Blocks {
  func fill(_ value: Float) {
    for i in 0..<count { self[i] = Block(repeating: value) }
  }

  /// Adds others to these values and leaves the others zero.
  func add(taking other: Blocks) {
    for i in 0..<count {
      let values = other[i]
      guard hasBits(values) else { continue }
      self[i] += values
      other[i] = .zero
    }
  }

  /// Multiplies the values and adds their squares to sixteen sums, which do not depend on the processor.
  func scale(by factor: Float, addingSquaresTo sums: inout SIMD16<Double>) {
    for i in 0..<count {
      let values = self[i] * factor
      self[i] = values
      let wide = SIMD16<Double>(values)
      sums += wide * wide
    }
  }

  /// Whether any bit is set: minus zero is not left behind either.
  @inline(__always)
  private func hasBits(_ values: Block) -> Bool {
    let bits = unsafe unsafeBitCast(values, to: SIMD8<UInt64>.self)
    let four = bits.lowHalf | bits.highHalf
    let two = four.lowHalf | four.highHalf
    return two.x | two.y != 0
  }
}
