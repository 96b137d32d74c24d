import Diagnostics
import Reports
import Views

/// How tables are written: for people, or for other programs.
enum OutputFormat: String, CaseIterable {
  case text, markdown, csv, json

  static let option = CommandOption(
    "--format", OutputFormat.self, "how to write it; text unless given")

  /// The format that `--format` or `--json` asks for.
  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    let format: OutputFormat? = try arguments.choice(Self.option)
    if arguments.has(.json), let format, format != .json {
      throw Diagnostic(.twoFormats(format.rawValue))
    }
    self = format ?? (arguments.has(.json) ? .json : .text)
  }

  /// Tables in Markdown or as CSV, each under its title if there are several.
  ///
  /// - Throws: when there is no table.
  func lines(of tables: [ShownTable]) throws(Diagnostic) -> [String] {
    guard !tables.isEmpty else { throw Diagnostic(.noTable(rawValue)) }
    return tables.enumerated().flatMap { index, shown in
      let lines = self == .csv ? shown.table.csv : shown.table.markdown
      guard tables.count > 1 else { return lines }
      let title = self == .csv ? "# \(shown.title.printable)" : "### \(shown.title.printable)\n"
      return (index > 0 ? [""] : []) + [title] + lines
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func twoFormats(_ format: String) -> Self {
    Self("--format \(format) and --json contradict each other", remedy: "leave one of them out")
  }

  fileprivate static func noTable(_ format: String) -> Self {
    Self(
      "there is no table here to write as \(format)",
      remedy: "name a STAGE.PORT whose artifact is shown as a table")
  }
}
