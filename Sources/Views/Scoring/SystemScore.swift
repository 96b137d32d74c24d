import Formats
import Metrics
import Stages

/// The score of one system, or of one of its sentences, by one measure.
package struct SystemScore: Sendable {
  let system: String
  /// The measure as sacreBLEU names it: `chrF2++`.
  let title: String
  let value: Double
  /// What sacreBLEU prints after the score; empty but for BLEU.
  let details: String
  /// The measure with its options in sacreBLEU's notation, and this program.
  let signature: String
  /// The mean over resampled sentences and half the width of 95 %; nil when it is not wanted.
  var interval: ConfidenceInterval?
  /// How often chance makes a difference from the first system as large; nil for that one.
  var pValue: Double?

  init(
    _ system: String, _ title: String, _ metric: some TranslationMetric, _ sums: [Double],
    _ signature: String
  ) {
    self.system = system
    self.title = title
    self.signature = "\(signature)|version:millrace-\(Evaluate.version)"
    value = metric.value(ofSums: sums)
    details = (metric as? BLEU).map { $0.score(ofSums: sums).details } ?? ""
  }

  /// `50.2`, or `50.2 (μ = 50.1 ± 1.3)`.
  package func number(digits: Int) -> String {
    let score = fixed(value, digits: digits)
    return interval.map { "\(score) (μ = \(Self.spelled($0, digits)))" } ?? score
  }

  /// `BLEU|nrefs:1|…`.
  var name: String { "\(title)|\(signature)" }

  /// sacreBLEU's line: `BLEU|nrefs:1|… = 50.2 82.4/57.1/45.5/37.5 (BP = 0.943 …)`.
  package func line(digits: Int) -> String {
    "\(name) = \(number(digits: digits))\(details.isEmpty ? "" : " \(details)")"
  }

  /// A cell of a table of systems: `50.2 (50.1 ± 1.3) p = 0.0360*`.
  func cell(digits: Int) -> String {
    var text = fixed(value, digits: digits)
    if let interval { text += " (\(Self.spelled(interval, digits)))" }
    if let pValue { text += " p = \(fixed(pValue, digits: 4))\(pValue > 0.05 ? " " : "*")" }
    return text
  }

  private static func spelled(_ interval: ConfidenceInterval, _ digits: Int) -> String {
    "\(fixed(interval.mean, digits: digits)) ± \(fixed(interval.halfWidth, digits: digits))"
  }

  /// An object for programs, with all digits.
  package var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("system", .string(system)), .init("name", .string(title)),
      .init("score", .number(value)), .init("signature", .string(signature)),
    ]
    if !details.isEmpty { members.append(.init("details", .string(details))) }
    if let interval {
      members += [
        .init("mean", .number(interval.mean)), .init("interval", .number(interval.halfWidth)),
      ]
    }
    if let pValue { members.append(.init("p-value", .number(pValue))) }
    return .object(members)
  }
}
