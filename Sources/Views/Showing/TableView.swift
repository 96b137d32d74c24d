import Artifacts
import Diagnostics
import Text

/// The view of a table: its first rows, and statistics of its columns, from one pass.
struct TableView: ArtifactView {
  let columnNames: [String]
  private(set) var statistics: TableStatistics
  private(set) var columns: [TableColumn]
  private(set) var distinctRows = DistinctCount()
  /// The rows that were asked for, or the first ones.
  private(set) var rows: [ShownRow] = []
  /// How many rows hold the text that was asked for.
  private(set) var matchCount = 0
  let selection: RowSelection
  /// Where it is a table of translations, the columns to compare.
  let translations: TranslationColumns?

  init(_ artifact: ShownArtifact) throws(Diagnostic) {
    let input = try artifact.store.openInput(artifact.output.digest)
    var reader = try TableReader(input, file: artifact.output.port)
    selection = artifact.selection
    columnNames = reader.columns
    statistics = TableStatistics(columns: reader.columns)
    columns = reader.columns.map { TableColumn(name: $0) }
    translations = TranslationColumns(among: reader.columns)
    var worst = WorstRows(limit: selection.limit)
    var first = 0
    while let batch = try reader.next() {
      select(from: batch, first: first)
      if !selection.isNarrow {
        count(batch)
        worst.add(batch, first: first, by: translations)
      }
      first += batch.count
      if let row = selection.row, first >= row { break }
    }
    if !selection.isNarrow, translations?.scoreColumn != nil {
      rows = worst.rows.map { shown($0.row, 0, $0.place) }
    }
    if let row = selection.row, rows.isEmpty { throw Diagnostic(.noSuchRow(row, of: first)) }
    let places = try artifact.origins?.names(ofRows: rows.map { $0.number - 1 }) ?? []
    for (row, place) in zip(rows.indices, places) { rows[row].place = place }
  }

  var tables: [ShownTable] { [ShownTable("rows", ShownRow.table(rows, columns: columnNames))] }

  private mutating func count(_ batch: RowBatch) {
    statistics.add(batch)
    for row in 0..<batch.count {
      var whole = Fingerprint()
      for column in columns.indices {
        columns[column].add(batch, row: row, column: column)
        whole.add(batch.bytes.span.extracting(batch.range(row, column)))
      }
      distinctRows.insert(whole)
    }
  }

  private mutating func select(from batch: RowBatch, first: Int) {
    if let wanted = selection.row {
      if (first..<first + batch.count).contains(wanted - 1) {
        rows = [shown(batch, wanted - 1 - first, first)]
      }
    } else if let text = selection.text {
      for row in 0..<batch.count where contains(text, batch, row) {
        matchCount += 1
        if rows.count < selection.limit { rows.append(shown(batch, row, first)) }
      }
    } else {
      for row in 0..<min(batch.count, selection.limit - rows.count) {
        rows.append(shown(batch, row, first))
      }
    }
  }

  private func contains(_ text: String, _ batch: RowBatch, _ row: Int) -> Bool {
    columns.indices.contains { batch.text(row, $0).contains(text) }
  }

  private func shown(_ batch: RowBatch, _ row: Int, _ first: Int) -> ShownRow {
    ShownRow(
      number: first + row + 1, line: "\(batch.origins[row])",
      fields: columns.indices.map { batch.text(row, $0) })
  }
}

extension Diagnostic.Message {
  static func noSuchRow(_ row: Int, of count: Int) -> Self {
    Self(
      "there is no row \(Spelling.count(row)); there \(count == 1 ? "is" : "are")"
        + " \(Spelling.count(count))",
      remedy: "rows are counted from 1")
  }
}
