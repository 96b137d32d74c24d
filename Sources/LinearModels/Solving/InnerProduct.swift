import Cores

/// The inner product of points: of their weights, which two stretches of a point may stand for, and
/// of their biases.
package struct InnerProduct: Hashable, Sendable {
  private static let blockSize = 1 << 12

  /// How many numbers of one point are multiplied with numbers of the other.
  let count: Int
  /// How far behind the other's numbers are; 0 where a point holds the weights themselves.
  let shift: Int
  let biases: Range<Int>

  /// The product of the weights alone.
  package func ofWeights(_ a: Vector, _ b: Vector, cores: Int) -> Double {
    table(of: [a], with: [b], countsBiases: false, cores: cores)[0][0]
  }

  package func callAsFunction(_ a: Vector, _ b: Vector, cores: Int) -> Double {
    table(of: [a], with: [b], cores: cores)[0][0]
  }

  /// The products of some points with some others, all in one pass over them.
  ///
  /// Each is summed block by block and the blocks' sums in order, for any number of cores.
  package func table(
    of left: [Vector], with right: [Vector], countsBiases: Bool = true, cores: Int
  ) -> [[Double]] {
    let blockCount = (count + Self.blockSize - 1) / Self.blockSize
    let partial = Vector(count: blockCount * left.count * right.count)
    Vector.forEachBlock(of: count, size: Self.blockSize, cores: cores) { places in
      var place = places.lowerBound / Self.blockSize * left.count * right.count
      for a in left {
        for b in right {
          partial[place] = a.dot(b, shift: shift, over: places)
          place += 1
        }
      }
    }
    return left.indices.map { i in
      right.indices.map { j in
        var sum = 0.0
        for block in 0..<blockCount {
          sum += partial[(block * left.count + i) * right.count + j]
        }
        guard countsBiases else { return sum }
        return biases.reduce(sum) { $0 + left[i][$1] * right[j][$1] }
      }
    }
  }
}
