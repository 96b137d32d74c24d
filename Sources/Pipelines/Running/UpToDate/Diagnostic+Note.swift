import Diagnostics
import Formats
import TOML

/// A warning about a definition as a note has it, which leaves the line to the definition.
extension Diagnostic {
  var json: JSONValue {
    .object(
      [.init("problem", .string(message.problem)), .init("severity", .string(severity.rawValue))]
        + (message.remedy.map { [.init("remedy", .string($0))] } ?? [])
        + (place.map { place in
          [.init("file", .string(place.file))]
            + (place.line.map { [.init("line", .integer($0))] } ?? [])
            + (place.column.map { [.init("column", .integer($0))] } ?? [])
        } ?? []))
  }

  /// Nil for what is no diagnostic.
  init?(_ json: JSONValue, of source: TOMLSource) {
    guard let problem = json["problem"]?.stringValue,
      let severity = json["severity"]?.stringValue.flatMap({ Severity(rawValue: $0) })
    else { return nil }
    let place = json["file"]?.stringValue.map { file in
      Place(file: file, line: json["line"]?.intValue, column: json["column"]?.intValue)
    }
    self.init(
      Message(problem, remedy: json["remedy"]?.stringValue), at: place,
      excerpt: place.flatMap { source.excerpt(at: $0) }, severity: severity)
  }
}
