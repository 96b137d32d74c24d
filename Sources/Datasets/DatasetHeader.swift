import Diagnostics
import Formats

/// The metadata of a dataset file: its columns and its classes.
struct DatasetHeader: Hashable, Sendable {
  static let format = "millrace dataset 1"

  let columns: [TokenColumn]
  /// Empty when the rows have no labels.
  let classNames: [String]

  var metadata: [(name: String, value: String)] {
    let columns = columns.map { column -> JSONValue in
      let members: [JSONValue.Member] = [
        .init("name", .string(column.name)),
        .init("vocabulary-size", .integer(column.vocabularySize)),
        .init("padding", .integer(Int64(column.padding))),
      ]
      return .object(members + (column.end.map { [.init("end", .integer(Int64($0)))] } ?? []))
    }
    return [
      ("format", Self.format), ("columns", JSONValue.array(columns).compact),
      ("classes", JSONValue.array(classNames.map { .string($0) }).compact),
    ]
  }
}

extension DatasetHeader {
  init(_ file: SafetensorsFile) throws(Diagnostic) {
    guard file.metadata("format") == Self.format else { throw Diagnostic(.notADataset(file.path)) }
    let columns = try Self.list("columns", of: file)
    let classes = try Self.list("classes", of: file)
    self.columns = columns.compactMap { TokenColumn(json: $0) }
    classNames = classes.compactMap(\.stringValue)
    guard self.columns.count == columns.count, !columns.isEmpty,
      Set(self.columns.map(\.name)).count == columns.count, classNames.count == classes.count
    else { throw Diagnostic(.notADataset(file.path)) }
  }

  private static func list(
    _ name: String, of file: SafetensorsFile
  ) throws(Diagnostic) -> [JSONValue] {
    guard let text = file.metadata(name) else { throw Diagnostic(.notADataset(file.path)) }
    guard let list = try JSONValue(parsing: text, file: "\(file.path) (\(name))").arrayValue else {
      throw Diagnostic(.notADataset(file.path))
    }
    return list
  }
}

extension TokenColumn {
  fileprivate init?(json: JSONValue) {
    guard let name = json["name"]?.stringValue, let size = json["vocabulary-size"]?.intValue,
      (1...Int(Int32.max)).contains(size),
      let padding = json["padding"]?.intValue.flatMap({ Int32(exactly: $0) }),
      (0..<size).contains(Int(padding))
    else { return nil }
    let end = json["end"]?.intValue
    guard end.map((0..<size).contains) ?? true else { return nil }
    self.init(name, vocabularySize: size, padding: padding, end: end.map { Int32($0) })
  }
}

extension Diagnostic.Message {
  static func notADataset(_ file: String) -> Self {
    Self(
      "'\(file)' does not say that it is a \(DatasetHeader.format)",
      remedy: "give the file that a binarize stage wrote")
  }
}
