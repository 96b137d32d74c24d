import Diagnostics
import Formats

/// A problem as it is passed from a worker to the run.
extension Diagnostic {
  package var order: JSONValue {
    var members: [JSONValue.Member] = [
      .init("text", .string(message.problem)), .init("severity", .string(severity.rawValue)),
    ]
    if let remedy = message.remedy { members.append(.init("remedy", .string(remedy))) }
    if let place {
      members.append(.init("file", .string(place.file)))
      if let line = place.line { members.append(.init("line", .integer(line))) }
      if let column = place.column { members.append(.init("column", .integer(column))) }
    }
    if let excerpt {
      members.append(.init("source", .string(excerpt.line)))
      members.append(.init("source-column", .integer(excerpt.column)))
      members.append(.init("source-length", .integer(excerpt.length)))
    }
    return .object(members)
  }

  package init?(_ order: JSONValue) {
    guard let problem = order["text"]?.stringValue else { return nil }
    let place = order["file"]?.stringValue.map { file in
      Place(file: file, line: order["line"]?.intValue, column: order["column"]?.intValue)
    }
    let excerpt = order["source"]?.stringValue.map { line in
      Excerpt(
        line: line, column: order["source-column"]?.intValue ?? 1,
        length: order["source-length"]?.intValue ?? 1)
    }
    self.init(
      Message(problem, remedy: order["remedy"]?.stringValue), at: place, excerpt: excerpt,
      severity: order["severity"]?.stringValue.flatMap(Severity.init) ?? .error)
  }
}
