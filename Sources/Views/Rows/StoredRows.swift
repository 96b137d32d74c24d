import Artifacts
import Chains
import Datasets
import Diagnostics
import Formats
import Pipelines
import Text

/// The rows of a table or dataset in the store.
package struct StoredRows {
  /// One row.
  package struct Row {
    /// Counted from 0.
    package let place: Int
    package let origin: Origin
    /// None of a dataset's.
    package let fields: [(name: String, text: String)]

    /// How many columns are equal in both.
    func agreement(with other: Row) -> Int {
      fields.count { field in
        other.fields.contains { $0.name == field.name && $0.text == field.text }
      }
    }
  }

  private let output: RecordedOutput
  private let store: ArtifactStore

  init(_ output: RecordedOutput, in store: ArtifactStore) {
    self.output = output
    self.store = store
  }

  /// Whether rows have only the line of their origin, as rows of datasets do, and not the file.
  var areNumbered: Bool { output.content?.isDataset ?? false }

  /// The row at a place; nil after the last one.
  func row(_ place: Int) throws(Diagnostic) -> Row? {
    try rows { row, _ in row == place }.rows.first
  }

  /// The rows that are wanted, in their order, and how many there are in all.
  package func rows(
    where isWanted: (_ place: Int, _ origin: Origin) -> Bool
  ) throws(Diagnostic) -> (rows: [Row], count: Int) {
    var rows: [Row] = []
    if areNumbered {
      let dataset = try Dataset(SafetensorsFile(try store.open(output.digest)))
      let numbers = try dataset.rowNumbers()
      for (place, number) in numbers.enumerated() {
        let origin = Origin(line: Int(clamping: max(1, number)))
        if isWanted(place, origin) { rows.append(Row(place: place, origin: origin, fields: [])) }
      }
      return (rows, numbers.count)
    }
    var reader = try TableReader(try store.openInput(output.digest), file: output.port)
    var first = 0
    while let batch = try reader.next() {
      for row in 0..<batch.count where isWanted(first + row, batch.origins[row]) {
        rows.append(
          Row(
            place: first + row, origin: batch.origins[row],
            fields: reader.columns.enumerated().map { ($0.element, batch.text(row, $0.offset)) }))
      }
      first += batch.count
    }
    return (rows, first)
  }
}
