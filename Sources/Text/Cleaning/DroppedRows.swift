/// Why a filter drops a row.
package enum DropReason: String, CaseIterable, Sendable {
  case empty
  case tooShort = "too short"
  case tooLong = "too long"
  case lengthRatio = "length ratio"
  case longWord = "long word"
  case duplicate
}

/// How many rows were dropped for each reason, and the first three of each.
package struct DroppedRows: Hashable, Sendable {
  /// A row that was dropped: where it came from, and what its text was.
  package struct Example: Hashable, Sendable {
    package let origin: Origin
    package let text: String

    package init(origin: Origin, text: String) {
      self.origin = origin
      self.text = text
    }
  }

  private static let mostExamples = 3

  package private(set) var counts: [DropReason: Int] = [:]
  package private(set) var examples: [DropReason: [Example]] = [:]

  package init() {}

  /// How many rows were dropped in all.
  package var total: Int { counts.values.reduce(0, +) }

  /// Counts a row; of its text, columns joined by tabs, at most 200 characters are kept.
  mutating func add(_ row: Int, of batch: RowBatch, _ reason: DropReason) {
    counts[reason, default: 0] += 1
    guard examples[reason, default: []].count < Self.mostExamples else { return }
    let text = (0..<batch.columnCount).map { batch.text(row, $0) }.joined(separator: "\t")
    examples[reason, default: []].append(
      Example(origin: batch.origins[row], text: String(text.prefix(200))))
  }

  /// Counts rows that were dropped for one reason, and were counted before.
  package mutating func add(_ count: Int, _ first: [Example], _ reason: DropReason) {
    counts[reason, default: 0] += count
    let room = Self.mostExamples - examples[reason, default: []].count
    examples[reason, default: []] += first.prefix(max(0, room))
  }

  /// Adds what was dropped of the rows that follow.
  package mutating func add(_ other: DroppedRows) {
    for (reason, count) in other.counts { add(count, other.examples[reason] ?? [], reason) }
  }
}
