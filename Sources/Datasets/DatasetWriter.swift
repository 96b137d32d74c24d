import Diagnostics
import Files
import Formats

/// A dataset under way: rows are added one by one, then written to a file.
///
/// It holds the rows in memory, four bytes for each id and some twenty for each row.
package struct DatasetWriter: Sendable {
  package let columns: [TokenColumn]
  package let classNames: [String]
  private var ids: [[Int32]]
  private var offsets: [[Int64]]
  private var lengths: [[Int32]]
  private var labels: [Int32] = []
  private var rowNumbers: [Int64] = []

  /// - Parameter classNames: empty when the rows have no labels.
  package init(columns: [TokenColumn], classNames: [String] = []) {
    precondition(!columns.isEmpty, "a dataset without columns")
    precondition(
      Set(columns.map(\.name)).count == columns.count, "columns of one name: \(columns)")
    self.columns = columns
    self.classNames = classNames
    ids = columns.map { _ in [] }
    offsets = columns.map { _ in [0] }
    lengths = columns.map { _ in [] }
  }

  package var count: Int { rowNumbers.count }

  /// Adds a row: its ids in each column, padding before or after them allowed.
  ///
  /// - Parameters:
  ///   - number: the number by which a person finds the row in what was loaded.
  ///   - label: the place of its class among the class names; needed when there are any.
  package mutating func append(_ row: [[Int32]], number: Int64, label: Int32? = nil) {
    precondition(row.count == columns.count, "\(row.count) columns for \(columns.map(\.name))")
    for (index, column) in columns.enumerated() {
      let added = row[index]
      let outside = added.first { $0 < 0 || $0 >= column.vocabularySize }
      precondition(outside == nil, "id \(outside ?? 0) of \(column.vocabularySize)")
      ids[index] += added
      offsets[index].append(Int64(ids[index].count))
      lengths[index].append(Int32(realRange(of: added.span, padding: column.padding).count))
    }
    rowNumbers.append(number)
    guard !classNames.isEmpty else { return }
    guard let label, classNames.indices.contains(Int(label)) else {
      preconditionFailure("label \(label ?? -1) of \(classNames.count) classes")
    }
    labels.append(label)
  }

  /// Writes the whole dataset; equal rows give equal bytes.
  package func write<Sink: ByteSink & ~Copyable>(into sink: inout Sink) throws(Diagnostic) {
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
      case .narrow(let elements): try sink.write(elements: elements)
      case .wide(let elements): try sink.write(elements: elements)
      case nil: preconditionFailure("no values for \(declaration.name)")
      }
    }
  }
}

/// The elements of one tensor of a dataset.
private enum Values {
  case narrow([Int32])
  case wide([Int64])

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
