import Diagnostics
import Formats
import Reports
import Stages

/// How often predictions of like probability are right, as a table with a picture.
struct CalibrationView {
  /// The columns of a full bar.
  private static let barWidth = 30

  private let bins: CalibrationBins
  private let error: Double

  /// Nil when the scores say nothing of it.
  init?(scores: JSONValue) {
    guard let bins = CalibrationBins(scores: scores),
      let error = scores["calibration-error"]?.doubleValue
    else { return nil }
    self.bins = bins
    self.error = error
  }

  func lines(width: Int) -> [String] {
    let heading =
      "calibration: of the rows that were given a probability so many are right; │ is what was said"
    return (heading + "; expected error \(Spelling.fixed(error, places: 4))").wrapped(to: width)
      + table(hasPicture: true).lines(width: width)
  }

  /// The bins that have rows.
  var table: TextTable { table(hasPicture: false) }

  private func table(hasPicture: Bool) -> TextTable {
    var table = TextTable(
      [.number("probability"), .number("said"), .number("right"), .number("rows")]
        + (hasPicture ? [.name()] : []))
    for (index, bin) in bins.bins.enumerated() where bin.count > 0 {
      let range = bins.range(of: index)
      table.append(
        [
          "\(Spelling.fixed(range.lowerBound, places: 2))–"
            + Spelling.fixed(range.upperBound, places: 2),
          Spelling.fixed(bin.confidence, places: 4), Spelling.fixed(bin.accuracy, places: 4),
          Spelling.count(bin.count),
        ] + (hasPicture ? [Self.picture(bin)] : []))
    }
    return table
  }

  /// A bar as long as the share that is right, and a mark where it would be if what was said was true.
  private static func picture(_ bin: CalibrationBins.Bin) -> String {
    func place(_ share: Double) -> Int {
      Int((min(max(share, 0), 1) * Double(barWidth)).rounded())
    }
    let (right, said) = (place(bin.accuracy), min(place(bin.confidence), barWidth - 1))
    return (0..<barWidth).map { column in
      column == said ? "│" : column < right ? "█" : "·"
    }.joined()
  }
}
