import Chains
import Text

/// Statistics of one column of a table, counted while it is read.
struct TableColumn: Sendable {
  /// The most different values of a column of labels.
  private static let mostCategories = 200

  let name: String
  private(set) var distinct = DistinctCount()
  private(set) var characters = CharacterCounts()
  /// The range of a column of numbers; nil once a field is none.
  private(set) var numbers: (lowest: Double, highest: Double, sum: Double)? = (
    .infinity, -.infinity, 0
  )

  init(name: String) { self.name = name }

  mutating func add(_ batch: RowBatch, row: Int, column: Int) {
    distinct.insert(Fingerprint(batch.bytes.span.extracting(batch.range(row, column))))
    characters.add(batch.field(row, column))
    guard let range = numbers else { return }
    guard let number = Double(batch.text(row, column)), number.isFinite else {
      numbers = nil
      return
    }
    numbers = (min(range.lowest, number), max(range.highest, number), range.sum + number)
  }

  /// The values with their counts, the commonest first; nil for a column that is no label.
  func categories(_ statistics: TableStatistics.Column) -> [(label: String, count: Int)]? {
    guard !TextColumns.standard.contains(name), let values = statistics.values,
      values.count <= Self.mostCategories
    else { return nil }
    return values.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { (label: $0.key.isEmpty ? "(empty)" : $0.key, count: $0.value) }
  }
}
