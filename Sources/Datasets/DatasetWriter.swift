import Diagnostics
import Files
import Formats

/// A dataset under way: rows are added one by one, then written to a file.
///
/// Memory is bounded, by about 16 megabytes a tensor unless said otherwise: what does not fit waits in
/// files without names that take as much room as the dataset.
package struct DatasetWriter: ~Copyable {
  /// The most bytes of a tensor that are held in memory.
  package static let mostHeld = 16 << 20

  package let columns: [TokenColumn]
  package let classNames: [String]
  private let ids: [SpooledValues<Int32>]
  private let offsets: [SpooledValues<Int64>]
  private let lengths: [SpooledValues<Int32>]
  private let labels: SpooledValues<Int32>
  private let rowNumbers: SpooledValues<Int64>

  /// - Parameters:
  ///   - classNames: empty when the rows have no labels.
  ///   - folder: where rows wait that do not fit into memory.
  ///   - mostHeld: the most bytes of a tensor that are held in memory.
  package init(
    columns: [TokenColumn], classNames: [String] = [], spoolingIn folder: String,
    mostHeld: Int = DatasetWriter.mostHeld
  ) throws(Diagnostic) {
    precondition(!columns.isEmpty, "a dataset without columns")
    precondition(
      Set(columns.map(\.name)).count == columns.count, "columns of one name: \(columns)")
    self.columns = columns
    self.classNames = classNames
    ids = columns.map { _ in SpooledValues(in: folder, mostHeld: mostHeld) }
    offsets = columns.map { _ in SpooledValues(in: folder, mostHeld: mostHeld) }
    lengths = columns.map { _ in SpooledValues(in: folder, mostHeld: mostHeld) }
    labels = SpooledValues(in: folder, mostHeld: mostHeld)
    rowNumbers = SpooledValues(in: folder, mostHeld: mostHeld)
    for offsets in offsets { try offsets.append(0) }
  }

  package var count: Int { rowNumbers.count }

  /// How many bytes of the rows are in memory.
  package var heldByteCount: Int {
    (ids + lengths + [labels]).reduce(0) { $0 + $1.heldByteCount }
      + (offsets + [rowNumbers]).reduce(0) { $0 + $1.heldByteCount }
  }

  /// Adds a row: its ids in each column, padding before or after them allowed.
  ///
  /// - Parameters:
  ///   - number: the number by which a person finds the row in what was loaded.
  ///   - label: the place of its class among the class names; needed when there are any.
  /// - Throws: when there is no room for it.
  package mutating func append(
    _ row: [[Int32]], number: Int64, label: Int32? = nil
  ) throws(Diagnostic) {
    var rows = DatasetRows(columnCount: row.count)
    for (column, ids) in row.enumerated() { rows.append(to: column) { $0 += ids } }
    rows.endRow(number: number, label: label)
    try append(rows)
  }

  /// Adds rows.
  ///
  /// - Returns: which of all rows they are.
  /// - Throws: when there is no room for them.
  @discardableResult
  package mutating func append(_ rows: DatasetRows) throws(Diagnostic) -> DatasetStretch {
    precondition(
      rows.columns.count == columns.count,
      "\(rows.columns.count) columns for \(columns.map(\.name))")
    precondition(
      rows.labels.count == (classNames.isEmpty ? 0 : rows.count),
      "\(rows.labels.count) labels of \(rows.count) rows")
    let stretch = DatasetStretch(rows, behind: count, ids: ids.map(\.count))
    for (index, column) in columns.enumerated() {
      let added = rows.columns[index]
      check(added.ids, below: column.vocabularySize, "id")
      let first = Int64(ids[index].count)
      try ids[index].append(added.ids)
      try offsets[index].append(added.ends.map { first + Int64($0) })
      var start = 0
      try lengths[index].append(
        added.ends.map { end in
          defer { start = end }
          let row = added.ids.span.extracting(start..<end)
          return Int32(realRange(of: row, padding: column.padding).count)
        })
    }
    try rowNumbers.append(rows.numbers)
    if !classNames.isEmpty {
      check(rows.labels, below: classNames.count, "label")
      try labels.append(rows.labels)
    }
    return stretch
  }

  private func check(_ numbers: [Int32], below count: Int, _ what: String) {
    var (least, largest): (Int32, Int32) = (0, 0)
    for number in numbers { (least, largest) = (min(least, number), max(largest, number)) }
    let outside = least < 0 ? least : largest
    precondition(
      least >= 0 && (numbers.isEmpty || largest < count), "\(what) \(outside) of \(count)")
  }

  /// Writes the whole dataset; equal rows give equal bytes.
  ///
  /// - Returns: where its tensors lie.
  @discardableResult
  package consuming func write<Sink: ByteSink & ~Copyable>(
    into sink: inout Sink
  ) throws(Diagnostic) -> DatasetPlaces {
    var values: [String: Values] = ["rows": .wide(rowNumbers)]
    if !classNames.isEmpty { values["labels"] = .narrow(labels) }
    for (index, column) in columns.enumerated() {
      values[column.idsName] = .narrow(ids[index])
      values[column.offsetsName] = .wide(offsets[index])
      values[column.lengthsName] = .narrow(lengths[index])
    }
    let writer = SafetensorsWriter(
      values.map { .init($0.key, $0.value.type, shape: [$0.value.count]) },
      metadata: DatasetHeader(columns: columns, classNames: classNames).metadata)
    try writer.write(into: &sink) { declaration, sink throws(Diagnostic) in
      switch values[declaration.name] {
      case .narrow(let elements): try elements.write(into: &sink)
      case .wide(let elements): try elements.write(into: &sink)
      case nil: preconditionFailure("no values for \(declaration.name)")
      }
    }
    return DatasetPlaces(starts: writer.starts, columns: columns, hasLabels: !classNames.isEmpty)
  }
}

/// The elements of one tensor of a dataset.
private enum Values {
  case narrow(SpooledValues<Int32>)
  case wide(SpooledValues<Int64>)

  var type: ElementType {
    switch self {
    case .narrow: .int32
    case .wide: .int64
    }
  }

  var count: Int {
    switch self {
    case .narrow(let elements): elements.count
    case .wide(let elements): elements.count
    }
  }
}
