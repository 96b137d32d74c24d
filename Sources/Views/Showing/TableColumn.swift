import Chains
import Text

/// Statistics of one column of a table, counted while it is read.
struct TableColumn: Sendable {
  /// The most different values of a column of labels.
  private static let mostCategories = 200

  let name: String
  private(set) var distinct = DistinctCount()
  private(set) var characters = CharacterCounts()
  /// Of a column of numbers; nil once a field is none.
  private(set) var numbers: BinnedNumbers? = BinnedNumbers()

  init(name: String) { self.name = name }

  mutating func add(_ batch: RowBatch, row: Int, column: Int) {
    distinct.insert(Fingerprint(batch.bytes.span.extracting(batch.range(row, column))))
    characters.add(batch.field(row, column))
    guard numbers != nil else { return }
    if let number = Double(batch.text(row, column)), number.isFinite {
      numbers?.add(number)
    } else {
      numbers = nil
    }
  }

  /// The values with their counts, the commonest first; nil for a column that is no label, such as one
  /// of fractions.
  func categories(_ statistics: TableStatistics.Column) -> [(label: String, count: Int)]? {
    guard !TextColumns.standard.contains(name), let values = statistics.values,
      values.count <= Self.mostCategories, numbers.map({ $0.areWhole }) ?? true
    else { return nil }
    return values.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { (label: $0.key.isEmpty ? "(empty)" : $0.key, count: $0.value) }
  }
}
