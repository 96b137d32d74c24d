import Formats
import Text

/// What must be known of a piece of a table so that it can be used again, elsewhere too.
package struct TablePieceNote: Hashable, Sendable {
  /// Where its first row came from.
  package let start: Origin
  /// How many rows were read, and how many lines where they were read from a file.
  package let readCount: Int
  package let lineCount: Int
  /// How many rows it has.
  package let writtenCount: Int
  /// The rows that were read and are not in it.
  package let dropped: DroppedRows

  package init(
    start: Origin, readCount: Int, lineCount: Int = 0, writtenCount: Int,
    dropped: DroppedRows = DroppedRows()
  ) {
    self.start = start
    self.readCount = readCount
    self.lineCount = lineCount
    self.writtenCount = writtenCount
    self.dropped = dropped
  }

  /// The note of the piece when its first row comes from elsewhere.
  func moved(to new: Origin) -> TablePieceNote {
    var moved = DroppedRows()
    for (reason, count) in dropped.counts {
      let examples = (dropped.examples[reason] ?? []).map { example in
        DroppedRows.Example(
          origin: Origin(file: new.file, line: example.origin.line - start.line + new.line),
          text: example.text)
      }
      moved.add(count, examples, reason)
    }
    return TablePieceNote(
      start: new, readCount: readCount, lineCount: lineCount, writtenCount: writtenCount,
      dropped: moved)
  }
}

extension TablePieceNote {
  /// The note as one line.
  var text: String {
    let reasons = DropReason.allCases.compactMap { reason in
      dropped.counts[reason].map { count in
        let examples = (dropped.examples[reason] ?? []).map { example in
          JSONValue.array([.integer(example.origin.line), .string(example.text)])
        }
        return JSONValue.Member(reason.rawValue, .array([.integer(count)] + examples))
      }
    }
    let json: JSONValue = [
      "file": .integer(start.file), "line": .integer(start.line), "read": .integer(readCount),
      "lines": .integer(lineCount), "written": .integer(writtenCount),
      "dropped": .object(reasons),
    ]
    return json.compact
  }

  /// Reads a note; nil when it is none.
  init?(text: String) {
    guard let json = try? JSONValue(parsing: text, file: "note"),
      let file = json["file"]?.intValue, let line = json["line"]?.intValue, file > 0, line > 0,
      let readCount = json["read"]?.intValue, let lineCount = json["lines"]?.intValue,
      let writtenCount = json["written"]?.intValue
    else { return nil }
    var dropped = DroppedRows()
    for member in json["dropped"]?.objectValue ?? [] {
      guard let reason = DropReason(rawValue: member.name), let values = member.value.arrayValue,
        let count = values.first?.intValue
      else { return nil }
      let examples = values.dropFirst().compactMap { value -> DroppedRows.Example? in
        guard let pair = value.arrayValue, pair.count == 2, let line = pair[0].intValue,
          let text = pair[1].stringValue
        else { return nil }
        return DroppedRows.Example(origin: Origin(file: file, line: line), text: text)
      }
      dropped.add(count, examples, reason)
    }
    self.init(
      start: Origin(file: file, line: line), readCount: readCount, lineCount: lineCount,
      writtenCount: writtenCount, dropped: dropped)
  }
}
