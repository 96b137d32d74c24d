import Tensors

/// The products in bfloat16 as a plain loop: what every kernel gives bit by bit.
package enum PlainBfloat16Product {
  /// Adds `a[m, k] · b[k, n]` to c[m, n], all row by row: pair by pair of the k the second product,
  /// then the first.
  package static func add(
    _ a: [Float], _ b: [Float], to c: inout [Float], rows: Int, columns: Int, depth: Int
  ) {
    let (a, b) = (a.map(\.bfloat16), b.map(\.bfloat16))
    flushingSubnormals {
      for row in 0..<rows {
        for column in 0..<columns {
          var sum = c[row * columns + column]
          for step in stride(from: 0, to: depth, by: 2) {
            sum.addProduct(
              step + 1 < depth ? a[row * depth + step + 1] : 0,
              step + 1 < depth ? b[(step + 1) * columns + column] : 0)
            sum.addProduct(a[row * depth + step], b[step * columns + column])
          }
          c[row * columns + column] = sum
        }
      }
    }
  }
}

extension Float {
  /// The nearest number of eight significant bits, the even one of two; subnormal ones become zero.
  fileprivate var bfloat16: Float {
    guard isFinite else { return self }
    guard isNormal else { return Float(signOf: self, magnitudeOf: 0) }
    let rounded = (significand * 128).rounded(.toNearestOrEven) / 128
    return Float(sign: sign, exponent: exponent, significand: rounded)
  }
}
