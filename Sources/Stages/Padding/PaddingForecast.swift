import Artifacts
import Diagnostics
import Pipelines
import Text

/// How much padding rows will get, known before any is written.
struct PaddingForecast {
  let length: Int
  private let rowCount: Int
  let truncatedCount: Int
  /// In tokens.
  private let padding: Int
  /// About the most fields that are held filled at once: two batches by each core, and the next.
  private let filledFields: Int

  /// - Parameter lengths: of the rows of each part.
  init(length: Int, of lengths: [RowLengths], cores: Int) {
    self.length = length
    rowCount = lengths.reduce(0) { $0 + $1.rowCount }
    truncatedCount = lengths.reduce(0) { sum, part in
      part.rows.reduce(sum) { $1.key > length ? $0 + $1.value : $0 }
    }
    padding = lengths.reduce(0) { sum, part in
      part.fields.reduce(sum) { $0 + max(0, length - $1.key) * $1.value }
    }
    filledFields = lengths.map { $0.mostFields * min($0.batchCount, 2 * cores + 1) }.max() ?? 0
  }

  var truncatedShare: Double { rowCount == 0 ? 0 : Double(truncatedCount) / Double(rowCount) }

  /// Makes sure that there is memory and disk space for it.
  func check(in work: StageWork) throws(Diagnostic) {
    let tokenSize = Vocabulary.Special.padding.rawValue.utf8.count + 1
    try MemoryDemand(
      byteCount: filledFields * length * tokenSize,
      for: "filling \(Spelling.count(rowCount, "row")) up to \(Spelling.count(length)) tokens",
      remedy: Self.remedy, isEstimate: true
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
