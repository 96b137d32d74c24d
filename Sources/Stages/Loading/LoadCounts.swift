import Diagnostics
import Formats
import Pipelines
import Text

/// What load counts while it reads: skipped rows, replaced bytes, suspicious fields.
struct LoadCounts {
  private var skipped = 0
  private var examples: [Diagnostic] = []
  private var replacements = 0
  /// For each file the place and lines of the first quoted field that seems to hold rows.
  private var suspect: [(place: Place, lineCount: Int)] = []

  mutating func add(_ rows: SkippedRows, replacements count: Int) {
    skipped += rows.count
    examples += rows.examples.prefix(max(0, 3 - examples.count))
    replacements += count
  }

  mutating func add(_ rows: MissingQuotes, in file: String) {
    guard let first = rows.first else { return }
    suspect.append((Place(file: file, line: first.line), first.lineCount))
  }

  /// - Parameter rows: how many rows each part has; the only one has no name.
  func note(in work: StageWork, rows: [(part: String?, count: Int)]) {
    var summary = ""
    if rows.count == 1, let only = rows.first, only.part == nil {
      work.note("rows", .integer(only.count))
      summary = Spelling.count(only.count, "row")
    } else {
      work.note("rows", .object(rows.map { .init($0.part ?? "", .integer($0.count)) }))
      let parts = rows.map { "\($0.part ?? "") \(Spelling.count($0.count))" }
      summary = parts.joined(separator: ", ") + " rows"
    }
    if skipped > 0 {
      work.note("skipped", .integer(skipped))
      work.note("skipped-examples", .array(examples.map { .string("\($0)") }))
      summary += ", \(Spelling.count(skipped)) skipped"
    }
    if replacements > 0 {
      work.note("replaced-bytes", .integer(replacements))
      summary += ", \(Spelling.count(replacements)) invalid bytes replaced"
    }
    for (place, lineCount) in suspect { work.warn(.missingQuotes(lineCount), at: place) }
    for (part, count) in rows where count == 0 { work.warn(.noRows(part)) }
    work.summarise(summary)
  }
}

extension Diagnostic.Message {
  fileprivate static func missingQuotes(_ lineCount: Int) -> Self {
    Self(
      "a quoted field of this row holds \(Spelling.count(lineCount)) lines, which look like rows",
      remedy: "close the quote where the text ends, or set quoting = false if quotes are text")
  }

  fileprivate static func noRows(_ part: String?) -> Self {
    Self("load found no rows\(part.map { " of '\($0)'" } ?? ""): the table is empty")
  }
}
