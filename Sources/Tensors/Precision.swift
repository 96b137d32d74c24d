/// How exact the operands of matrix products are, by its name in a definition.
///
/// Sums, and all that is no such product, are floats of 32 bits in either case.
package enum Precision: String, CaseIterable, Hashable, Sendable {
  case float32
  /// Operands are rounded to eight significant bits, the exponent of a float being kept.
  case bfloat16
}
