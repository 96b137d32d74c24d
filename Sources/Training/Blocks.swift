import CProcessor
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

extension Blocks {
  func fill(_ value: Float) {
    for i in 0..<count { self[i] = Block(repeating: value) }
  }

  /// Adds others to some of these values, which end where sixteens do, and leaves the others zero.
  func add(taking other: Blocks, in places: Range<Int>) {
    for i in places.lowerBound / Block.scalarCount..<places.upperBound / Block.scalarCount {
      self[i] += other[i]
      other[i] = .zero
    }
  }

  /// Multiplies the values and adds their squares to sixteen sums, which do not depend on the processor.
  func scale(by factor: Float, addingSquaresTo sums: inout SIMD16<Double>) {
    for i in 0..<count {
      let values = self[i] * factor
      self[i] = values
      let wide = lanes_doubles(values)
      sums += wide * wide
    }
  }
}
