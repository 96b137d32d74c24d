import Diagnostics
import Formats
import Stages
import Text

/// What is told of a file that was answered.
extension AnsweredFile {
  /// Warns of what was wrong with rows.
  func report(of input: TableInput, _ cut: Diagnostic.Message?) {
    let skipped = input.skipped
    for example in skipped.examples {
      var warning = example
      warning.severity = .warning
      Terminal.errors.tell(warning)
    }
    var warnings: [Diagnostic.Message] = []
    if skipped.count > 0 {
      warnings.append(.badRows(skipped.count, areKept: reading.keepsMalformed))
    }
    if input.replacements > 0 { warnings.append(.replaced(input.replacements)) }
    if let cut { warnings.append(cut) }
    if let quotes = input.missingQuotes { warnings.append(.missingQuotes(quotes.lineCount)) }
    for message in warnings {
      Terminal.errors.tell(Diagnostic(message, at: Place(file: path), severity: .warning))
    }
  }

  /// Tells that the file was written.
  func tell(
    _ rows: Int, _ skipped: Int, _ written: (path: String, byteCount: Int), _ seconds: Double
  ) {
    guard !arguments.has(.json) else {
      let json: JSONValue = [
        "file": .string(written.path), "rows": .integer(rows), "bad-rows": .integer(skipped),
        "bytes": .integer(written.byteCount), "seconds": .number(seconds),
      ]
      return Terminal.output.line(json.compact)
    }
    let rate = Int(Double(rows) / max(seconds, 1e-6))
    Terminal.output.line(
      "wrote \(written.path), \(Spelling.count(rows, "row")), \(Spelling.bytes(written.byteCount)),"
        + " \(Spelling.duration(seconds)), \(Spelling.count(rate)) rows/s")
  }

  /// Warns when a file that is read line by line is evidently a table.
  static func warn(ofTable path: String?, option: String) {
    guard let path, let columns = TableSample.evidentColumns(of: path) else { return }
    Terminal.errors.tell(
      Diagnostic(.looksLikeTable(columns, option), at: Place(file: path), severity: .warning))
  }
}

extension Diagnostic.Message {
  fileprivate static func badRows(_ count: Int, areKept: Bool) -> Self {
    Self(
      "\(Spelling.count(count, "row")) could not be read: \(areKept ? "left empty" : "left out")",
      remedy: "--bad-rows stop|skip|blank says what becomes of them")
  }

  fileprivate static func replaced(_ count: Int) -> Self {
    Self(
      "\(Spelling.count(count, "invalid byte")) \(count == 1 ? "was" : "were") replaced by U+FFFD",
      remedy: "name the encoding, as in --load encoding=windows-1252")
  }

  fileprivate static func missingQuotes(_ lineCount: Int) -> Self {
    Self(
      "a quoted field holds \(Spelling.count(lineCount, "line")), which look like rows",
      remedy: "close the quote where the text ends, or give --load quoting=false if quotes are text"
    )
  }

  fileprivate static func looksLikeTable(_ columns: [String], _ option: String) -> Self {
    Self(
      "this looks like a table with the columns \(columns.prefix(8).joined(separator: ", ")),"
        + " but each line is read as a text",
      remedy: "name the column of the text: \(option) \(columns.last ?? "COLUMN")")
  }
}
