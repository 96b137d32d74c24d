import Diagnostics
import Metrics

extension Spelling {
  /// A score with the decimals of its metric.
  package static func score(_ value: Double, of name: String) -> String {
    fixed(value, places: Metric.places(of: name))
  }

  /// A p-value, with `≤` where the test cannot give a smaller one.
  ///
  /// - Parameter least: the smallest p-value that the test can give; nil for a test without one.
  package static func pValue(_ value: Double, least: Double?) -> String {
    if let least, value <= least { return "≤ \(rounded(least, places: least < 0.0005 ? 6 : 3))" }
    return value < 0.0001 ? "< 0.0001" : fixed(value, places: 4)
  }
}
