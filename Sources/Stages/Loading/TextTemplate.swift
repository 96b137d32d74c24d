import Diagnostics
import Pipelines

/// A text with columns in it: `{title}: {body}`, or `{1}: {2}` by number; `{{` and `}}` are braces.
struct TextTemplate: Sendable {
  /// What stands before each column, and behind the last one.
  private let between: [[UInt8]]
  /// The columns in their order; one may stand several times.
  let columns: [NameOrNumber]

  /// - Throws: when a brace is not closed, or no column is named.
  init(_ template: String) throws(Diagnostic) {
    var between: [[UInt8]] = []
    var columns: [NameOrNumber] = []
    var run = ""
    var rest = template[...]
    while let first = rest.popFirst() {
      if first == "{" || first == "}", rest.first == first {
        rest.removeFirst()
        run.append(first)
      } else if first == "{" {
        guard let end = rest.firstIndex(of: "}"), end > rest.startIndex else {
          throw Diagnostic(.openBrace)
        }
        let name = String(rest[..<end])
        rest = rest[end...].dropFirst()
        columns.append(Int(name).flatMap { $0 > 0 ? .number($0) : nil } ?? .name(name))
        between.append(Array(run.utf8))
        run = ""
      } else if first == "}" {
        throw Diagnostic(.openBrace)
      } else {
        run.append(first)
      }
    }
    guard !columns.isEmpty else { throw Diagnostic(.noColumn) }
    self.between = between + [Array(run.utf8)]
    self.columns = columns
  }

  /// The text, with these fields in the place of the columns.
  func text(of fields: [ArraySlice<UInt8>]) -> [UInt8] {
    var text: [UInt8] = []
    for (field, before) in zip(fields, between) {
      text += before
      text += field
    }
    return text + (between.last ?? [])
  }
}

extension Diagnostic.Message {
  fileprivate static let openBrace = Self(
    "a brace of the template stands alone",
    remedy: "write a column as {title}, and {{ or }} for a brace that is text")

  fileprivate static let noColumn = Self(
    "the template names no column", remedy: "write columns in braces: \"{title}: {body}\"")
}
