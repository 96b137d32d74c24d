import Artifacts
import Diagnostics
import Pipelines
import Text

/// How much padding rows will get, counted before any is written.
struct PaddingForecast {
  let length: Int
  private var rowCount = 0
  private(set) var truncatedCount = 0
  /// In tokens.
  private var padding = 0
  /// The most of a batch of rows.
  private var mostPadding = 0
  private var batchCount = 0

  init(length: Int) { self.length = length }

  var truncatedShare: Double { rowCount == 0 ? 0 : Double(truncatedCount) / Double(rowCount) }

  /// - Parameter rows: the tokens of each column of each row.
  mutating func add(batch rows: [[Int]]) {
    rowCount += rows.count
    truncatedCount += rows.count { $0.contains { $0 > length } }
    let missing = rows.joined().reduce(0) { $0 + max(0, length - $1) }
    padding += missing
    mostPadding = max(mostPadding, missing)
    batchCount += 1
  }

  /// Makes sure that there is memory and disk space for it.
  func check(in work: StageWork) throws(Diagnostic) {
    let tokenSize = Vocabulary.Special.padding.rawValue.utf8.count + 1
    try MemoryDemand(
      byteCount: mostPadding * tokenSize * min(batchCount, 2 * work.cores),
      for: "filling \(Spelling.count(rowCount, "row")) up to \(Spelling.count(length)) tokens",
      remedy: Self.remedy
    ).check()
    let free = try work.store.freeByteCount
    guard padding * tokenSize <= free else {
      throw Diagnostic(.tooMuchPadding(rowCount, length, padding * tokenSize, free))
    }
  }

  fileprivate static let remedy =
    "give a smaller length, or a percentile below 100; models work without padding"
}

extension Diagnostic.Message {
  fileprivate static func tooMuchPadding(
    _ rows: Int, _ length: Int, _ wanted: Int, _ free: Int
  ) -> Self {
    Self(
      "filling \(Spelling.count(rows, "row")) up to \(Spelling.count(length)) tokens would take"
        + " \(Spelling.bytes(wanted)) on the disk, which has \(Spelling.bytes(free)) left",
      remedy: PaddingForecast.remedy)
  }
}
