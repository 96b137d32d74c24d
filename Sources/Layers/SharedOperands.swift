import Synchronization
import Tensors

/// The weights of a step as right operands of products, laid out once for all its shards.
final class SharedOperands: Sendable {
  private let operands = Mutex<[Matrix.View: SharedOperand]>([:])

  /// Says that the weights have changed: each is laid out anew when it is needed next.
  func forget() {
    for operand in operands.withLock({ Array($0.values) }) { operand.forget() }
  }

  /// A weight or a part of one, which may be transposed, laid out by whoever needs it first.
  func operand(_ weight: Matrix, by products: MatrixProducts) -> LaidOutMatrix {
    let operand = operands.withLock { operands in
      let operand = operands[weight.view] ?? SharedOperand()
      operands[weight.view] = operand
      return operand
    }
    return operand.layOut(weight, by: products)
  }
}

/// One operand.
///
/// Unchecked: its memory is handed out and taken back under its lock.
private final class SharedOperand: @unchecked Sendable {
  private let arena = Arena(leastBlock: 0)
  private let matrix = Mutex<LaidOutMatrix?>(nil)

  func forget() { matrix.withLock { $0 = nil } }

  /// Who comes while it is laid out waits.
  func layOut(_ weight: Matrix, by products: MatrixProducts) -> LaidOutMatrix {
    matrix.withLock { matrix in
      if let matrix { return matrix }
      arena.reset()
      let operand = products.operand(weight, in: arena)
      matrix = operand
      return operand
    }
  }
}

extension Tape {
  /// Gives a weight, or a part of one, as the right operand of products.
  ///
  /// It is laid out once for all shards of a step where they share the weight.
  func withOperand(_ weight: Matrix, _ body: (LaidOutMatrix) -> Void) {
    if let shared = normalizedWeights?.operands(of: weight) {
      body(shared.operand(weight, by: products))
    } else {
      let operand = products.operand(weight, in: arena)
      body(operand)
      arena.takeBack(operand)
    }
  }

  /// `c ← a · w` or `c ← c + a · w` by a weight, which may be transposed.
  ///
  /// What comes of it is what `MatrixProducts` gives for two matrices that are not laid out.
  func multiply(_ a: Matrix, byWeight w: Matrix, into c: Matrix, adding: Bool = false) {
    guard w.rows > 0, let shared = normalizedWeights?.operands(of: w) else {
      return products.multiply(a, w, into: c, adding: adding)
    }
    for first in stride(from: 0, to: w.rows, by: ExactProducts.blockDepth) {
      let depth = first..<min(w.rows, first + ExactProducts.blockDepth)
      products.multiply(
        a[rows: 0..<a.rows, columns: depth], shared.operand(w[rows: depth], by: products),
        into: c, adding: adding || first > 0)
    }
  }
}
