import Formats

/// What a command prints with `--json`, as far as scripts may rely on it.
///
/// Members may be added under a version. It is raised when one goes, or comes to mean something else;
/// the book's changelog says so.
struct OutputContract: Sendable {
  private static let draft = "http://json-schema.org/draft-07/schema#"

  /// How often the values come.
  enum Form: Sendable {
    /// One value.
    case document
    /// A value a line, as long as there is something to tell.
    case lines
  }

  let version: Int
  let form: Form
  let shape: OutputShape

  init(version: Int, _ form: Form, _ shape: OutputShape) {
    self.version = version
    self.form = form
    self.shape = shape
  }

  /// The JSON Schema of the document, or of each line.
  func schema(of command: String) -> JSONValue {
    let what = form == .lines ? "each line that" : "what"
    let head: [JSONValue.Member] = [
      .init("$schema", .string(Self.draft)),
      .init("$id", .string("millrace:\(command):\(version)")),
      .init("title", .string("\(what) millrace \(command) --json prints, version \(version)")),
    ]
    return .object(head + (shape.schema.objectValue ?? []))
  }
}
