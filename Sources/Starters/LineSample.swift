import Diagnostics
import Files
import Text

/// The lines of a file of plain text: how many there are, and some of them.
struct LineSample {
  private static let enough = 1000
  private(set) var count = 0
  private(set) var lines: [String] = []
  let encoding: TextEncoding

  init(_ path: String, _ given: GivenNotation) throws(Diagnostic) {
    let known = given.encoding ?? .utf8
    let reading = try Self.read(path, known, given)
    guard reading.invalidCount > 0, given.encoding == nil else {
      (count, lines, encoding) = (reading.count, reading.lines, known)
      return
    }
    let other = try Self.read(path, .windows1252, given)
    let isOther = other.invalidCount == 0
    (count, lines, encoding) = (
      reading.count, isOther ? other.lines : reading.lines, isOther ? .windows1252 : .utf8
    )
  }

  private static func read(
    _ path: String, _ encoding: TextEncoding, _ given: GivenNotation
  ) throws(Diagnostic) -> (count: Int, lines: [String], invalidCount: Int) {
    let reader = LineReader(
      Decoder(try InputFile(path), file: path, encoding: encoding, invalid: .replace), file: path,
      maximumBytes: given.dialect.maximumRecordBytes)
    var lines: [String] = []
    var batch = RowBatch(columnCount: 1)
    while try reader.appendLine(to: &batch) {
      batch.endRow(Origin(line: 1))
      if lines.count < enough { lines.append(batch.text(0, 0)) }
      batch = RowBatch(columnCount: 1)
    }
    return (reader.lineCount, lines, reader.source.replacements)
  }
}
