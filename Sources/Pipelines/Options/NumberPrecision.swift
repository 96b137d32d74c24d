/// How exactly an option's number is used by what reads it.
package enum NumberPrecision: Sendable {
  case double
  /// Rounded to a `Float`: a number just below 1 becomes 1, one near 0 becomes 0.
  case single

  /// The number as it is used; infinite where it is too large.
  func rounded(_ number: Double) -> Double {
    switch self {
    case .double: number
    case .single: Double(Float(number))
    }
  }
}
