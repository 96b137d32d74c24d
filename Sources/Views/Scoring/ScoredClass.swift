import Diagnostics
import Formats
import Glibc

/// One class of a classifier's stored scores.
package struct ScoredClass: Sendable {
  package let name: String
  package let precision: Double
  package let recall: Double
  package let f1: Double
  /// Nil where the scores have none.
  package let averagePrecision: Double?
  /// How many rows are truly of the class.
  package let support: Int
  /// Where the F1 lies with 95 % confidence; nil when no row is or was taken for the class.
  package let interval: ClosedRange<Double>?

  /// `0.87–0.98`; nil without an interval.
  package var intervalWords: String? {
    interval.map { ends in
      [ends.lowerBound, ends.upperBound].map { Spelling.fixed($0, places: 2) }
        .joined(separator: "–")
    }
  }

  /// The classes of scores, in their order.
  package static func all(of scores: JSONValue) -> [ScoredClass] {
    let counts = (scores["confusion"]?.arrayValue ?? []).map { row in
      (row.arrayValue ?? []).map { min(max(0, $0.intValue ?? 0), 1 << 40) }
    }
    return (scores["classes"]?.arrayValue ?? []).enumerated().map { label, entry in
      let row = label < counts.count ? counts[label] : []
      let hits = label < row.count ? row[label] : 0
      let taken = counts.reduce(0) { $0 + (label < $1.count ? $1[label] : 0) }
      return ScoredClass(entry, hits: hits, of: row.reduce(0, +) + taken - hits)
    }
  }

  /// - Parameter involved: how many rows are of the class or were taken for it.
  private init(_ entry: JSONValue, hits: Int, of involved: Int) {
    name = entry["class"]?.stringValue ?? "?"
    precision = entry["precision"]?.doubleValue ?? 0
    recall = entry["recall"]?.doubleValue ?? 0
    f1 = entry["f1"]?.doubleValue ?? 0
    averagePrecision = entry["average-precision"]?.doubleValue
    support = entry["support"]?.intValue ?? 0
    interval = Self.interval(hits: hits, of: involved)
  }

  /// F1 = 2 h / (n + h) rises with the share h / n, so the ends of Wilson's interval of that share give
  /// those of the F1.
  private static func interval(hits: Int, of involved: Int) -> ClosedRange<Double>? {
    guard involved > 0, hits <= involved else { return nil }
    let z = 1.959_964
    let (count, share) = (Double(involved), Double(hits) / Double(involved))
    let middle = share + z * z / (2 * count)
    let reach = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    let scale = 1 + z * z / count
    func f1(_ share: Double) -> Double {
      let share = min(1, max(0, share / scale))
      return 2 * share / (1 + share)
    }
    return f1(middle - reach)...f1(middle + reach)
  }
}
