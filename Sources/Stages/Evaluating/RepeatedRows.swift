import Datasets
import Diagnostics
import Pipelines

/// The rows that are scored and that a model has seen in training: those of the same tokens.
///
/// Which words unknown tokens were is not known, so a row is counted only if it has several others, and
/// more of them.
struct RepeatedRows {
  let count: Int
  let rowCount: Int

  /// The fewest known tokens of a row with unknown ones.
  private static let fewest = 3

  /// - Parameter unknown: the id of unknown tokens; nil where none is.
  /// - Returns: nil when the two have other vocabularies.
  init?(of scored: Dataset, in train: Dataset, unknown: Int?) throws(Diagnostic) {
    guard scored.columns[0].vocabularySize == train.columns[0].vocabularySize else { return nil }
    func rows(of dataset: Dataset) throws(Diagnostic) -> [[Int32]] {
      let padding = dataset.columns[0].padding
      return try dataset.withIDs(of: 0) { ids, offsets in
        (0..<dataset.count).map { row in
          (Int(offsets[row])..<Int(offsets[row + 1])).map { ids[$0] }.filter { $0 != padding }
        }
      }
    }
    let seen = Set(try rows(of: train))
    let unknown = unknown.map { Int32($0) }
    count = try rows(of: scored).count { row in
      let unknownCount = row.count { $0 == unknown }
      let isKnown =
        unknownCount == 0 || row.count - unknownCount >= max(Self.fewest, unknownCount + 1)
      return isKnown && seen.contains(row)
    }
    rowCount = scored.count
  }

  var isNotable: Bool { count > 0 && Double(count) >= SharedTexts.notableShare * Double(rowCount) }
}

extension Diagnostic.Message {
  static func repeatedRows(_ repeated: RepeatedRows, of scored: String, in train: String) -> Self {
    let rows = Spelling.count(repeated.count, "row")
    let share = Spelling.percent(repeated.count, of: repeated.rowCount)
    return Self(
      "\(rows) of \(Spelling.count(repeated.rowCount)) (\(share)) of '\(scored)' stand in '\(train)'"
        + " too, so scores tell too much",
      remedy: "drop the rows that both have, or draw the parts by one split with group")
  }
}
