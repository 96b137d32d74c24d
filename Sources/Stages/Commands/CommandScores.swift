import Diagnostics
import Files
import Formats

/// Scores that a command wrote: one flat object of JSON with a number at least.
struct CommandScores {
  /// As it is stored.
  let text: String

  init(_ path: String, named name: String) throws(Diagnostic) {
    let bytes = try InputFile.contents(of: path, atMost: 64 << 20)
    let json = try JSONValue(parsing: bytes, file: "the \(name) of the command")
    guard let members = json.objectValue, members.contains(where: { $0.value.doubleValue != nil })
    else { throw Diagnostic(.noScores(name)) }
    if let nested = members.first(where: { $0.value.objectValue != nil }) {
      throw Diagnostic(.nestedScores(name, nested.name))
    }
    text = json.pretty + "\n"
  }
}

extension Diagnostic.Message {
  fileprivate static func noScores(_ name: String) -> Self {
    Self(
      "the command wrote no scores to \(name): no object of JSON with a number in it",
      remedy: "write for example {\"accuracy\": 0.9}")
  }

  fileprivate static func nestedScores(_ name: String, _ member: String) -> Self {
    Self(
      "the scores \(name) hold an object, '\(member)', but must be flat",
      remedy: "write \"\(member)-…\": for each of its numbers")
  }
}
