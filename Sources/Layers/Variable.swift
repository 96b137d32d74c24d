import Tensors

/// A value computed on a tape, which also knows the value's gradient.
package struct Variable {
  /// Its number on the tape.
  let index: Int
  package let value: Tensor
  /// Whether something that is learnt lies below it; if not, no gradient is computed for it.
  let needsGradient: Bool

  package var rows: Int { value.rows }
  package var columns: Int { value.columns }
}
