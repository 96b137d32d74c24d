import Datasets
import Diagnostics
import Pipelines
import Text

/// The rows that are scored and that a model has seen in training: those of the same tokens.
///
/// Which words unknown tokens were is not known, so a row is counted only if it has several others, and
/// more of them. Memory is some 40 bytes for each scored row.
struct RepeatedRows {
  let count: Int
  let rowCount: Int

  /// The fewest known tokens of a row with unknown ones.
  private static let fewest = 3

  /// - Parameter unknown: the id of unknown tokens; nil where none is.
  /// - Returns: nil when the two have other vocabularies.
  init?(of scored: Dataset, in train: Dataset, unknown: Int?) throws(Diagnostic) {
    guard scored.columns[0].vocabularySize == train.columns[0].vocabularySize else { return nil }
    let unknown = unknown.map { Int32($0) }
    var scoredCounts: [Fingerprint: Int] = [:]
    try Self.forEachRow(of: scored) { ids in
      let unknownCount = ids.count { $0 == unknown }
      let isKnown =
        unknownCount == 0 || ids.count - unknownCount >= max(Self.fewest, unknownCount + 1)
      if isKnown { scoredCounts[Fingerprint(ids: ids), default: 0] += 1 }
    }
    var found = 0
    try Self.forEachRow(of: train) { ids in
      found += scoredCounts.removeValue(forKey: Fingerprint(ids: ids)) ?? 0
    }
    count = found
    rowCount = scored.count
  }

  /// Gives the ids of each row, without padding.
  private static func forEachRow(
    of dataset: Dataset, _ body: (_ ids: [Int32]) -> Void
  ) throws(Diagnostic) {
    let padding = dataset.columns[0].padding
    try dataset.forEachRow { _, ids in
      body(ids.indices.map { ids[$0] }.filter { $0 != padding })
    }
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
