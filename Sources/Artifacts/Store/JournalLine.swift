import Digests
import Formats

/// A line of a run's journal: an event as JSON, its last member the checksum of the others.
///
/// ```
/// {"event":"finished","ran":0,"cached":9,"checksum":"5f0c6d0d7f3a"}
/// ```
enum JournalLine {
  private static let start = ",\"checksum\":\""
  private static let end = "\"}"

  static func line(_ event: JSONValue) -> String {
    var bytes: [UInt8] = []
    append(event, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Adds the line of an event.
  static func append(_ event: JSONValue, to bytes: inout [UInt8]) {
    let first = bytes.count
    event.appendCompact(to: &bytes)
    precondition(
      bytes.last == UInt8(ascii: "}") && bytes.count > first + 2, "an event without members")
    let checksum = LineChecksum.of(bytes.span.extracting(first..<bytes.count))
    bytes.removeLast()
    bytes += start.utf8
    bytes += checksum.utf8
    bytes += end.utf8
    bytes.append(UInt8(ascii: "\n"))
  }

  /// The event of a line; nil when the line is damaged.
  ///
  /// Lines of older programs have no checksums.
  static func event(in line: ArraySlice<UInt8>) -> JSONValue? {
    let checksumStart = line.endIndex - end.utf8.count - LineChecksum.byteCount
    let membersEnd = checksumStart - start.utf8.count
    guard membersEnd > line.startIndex, line[membersEnd...].starts(with: start.utf8) else {
      return try? JSONValue(parsing: Array(line), file: "journal")
    }
    let text = line[..<membersEnd] + [UInt8(ascii: "}")]
    let digits = line[checksumStart..<(checksumStart + LineChecksum.byteCount)]
    guard BLAKE3.digest(of: Array(text).span).hasPrefix(hexDigits: digits.span) else { return nil }
    return try? JSONValue(parsing: Array(text), file: "journal")
  }
}
