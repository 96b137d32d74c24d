import Digests

/// The text of a record: a `name<TAB>value` line each, then the key text, the seal if it
/// has one, and its checksum.
///
/// ```
/// record	1
/// output	text	Table	7f3a…	48211033
/// facts	{"rows":25000}
/// seconds	12.84
/// key	kind      tokenize 2
/// key	rules     moses
/// seal	52c0…
/// checksum	9d31…
/// ```
extension Record {
  /// The record as it is stored.
  package var text: String { ChecksumLine.sealed(body + (seal.map { "seal\t\($0)\n" } ?? "")) }

  /// The record without its seal and checksum.
  var body: String {
    var text = "record\t1\n"
    for output in outputs {
      let names = "\(Self.escaped(output.port))\t\(Self.escaped(output.type))"
      text += "output\t\(names)\t\(output.digest)\t\(output.byteCount)\n"
    }
    text += "facts\t\(factsText)\n"
    text += "seconds\t\(seconds)\n"
    text += "cpu-seconds\t\(cpuSeconds)\n"
    text += "peak-bytes\t\(peakBytes)\n"
    text += "host\t\(Self.escaped(host))\n"
    text += "tool\t\(Self.escaped(tool))\n"
    text += "when\t\(Self.escaped(when))\n"
    if let log { text += "log\t\(log)\n" }
    for line in keyText.utf8.split(separator: Self.newline, omittingEmptySubsequences: false) {
      text += "key\t\(Substring(line))\n"
    }
    return text
  }

  private static let newline = UInt8(ascii: "\n")
  private static let tab = UInt8(ascii: "\t")

  /// Control characters would end the line or the field.
  private static func escaped(_ value: String) -> String {
    String(String.UnicodeScalarView(value.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
  }

  /// Reads a record; nil when a bit of it was changed, or when it says what none of ours would say.
  package convenience init?(text bytes: [UInt8]) {
    guard let end = ChecksumLine.start(in: bytes) else { return nil }
    let fields = Fields(bytes[..<end])
    self.init(key: BLAKE3.digest(of: fields.writtenKey.text), fields)
  }

  /// Reads a record without its checksum, which was right when it was last looked at.
  ///
  /// - Parameter key: the digest of its key's text.
  convenience init?(key: Digest, body: ArraySlice<UInt8>) { self.init(key: key, Fields(body)) }

  private convenience init?(key: Digest, _ fields: Fields) {
    guard fields.isWhole, let facts = fields.facts else { return nil }
    self.init(
      key: key, writtenKey: fields.writtenKey, outputs: fields.outputs, factsText: facts,
      seconds: fields.seconds, cpuSeconds: fields.cpuSeconds, peakBytes: fields.peakBytes,
      host: fields.host, tool: fields.tool, when: fields.when, log: fields.log,
      seal: fields.seal)
  }

  /// The values of a record's lines, by their names.
  private struct Fields {
    var outputs: [RecordedOutput] = []
    /// The lines of the key's text, one after another.
    private var keyLines: ArraySlice<UInt8> = []
    var facts: String?
    var seconds = 0.0
    var cpuSeconds = 0.0
    var peakBytes = 0
    var host = ""
    var tool = ""
    var when = ""
    var log: Digest?
    var seal: Digest?
    /// Whether every line was understood.
    var isWhole = true

    /// 70 TB and 30,000 years: what is more was not written by us, and sums of it could overflow.
    private static let mostBytes = 1 << 46
    private static let longestTime = 1e12

    var writtenKey: WrittenKey { .lines(keyLines) }

    init(_ bytes: ArraySlice<UInt8>) {
      let text = bytes.span
      let first = bytes.startIndex
      var keys: Range<Int>?
      var start = 0
      while start < text.count {
        let end = text.first(Record.newline, in: start..<text.count) ?? text.count
        if Self.isOfKey(text, start..<end) {
          let isNext = keys.map { $0.upperBound + 1 == start } ?? true
          isWhole = isWhole && isNext
          keys = (keys?.lowerBound ?? start)..<end
        } else {
          let nameEnd = text.first(Record.tab, in: start..<end) ?? end
          read(
            bytes[(first + start)..<(first + nameEnd)],
            bytes[(first + min(nameEnd + 1, end))..<(first + end)])
        }
        start = end + 1
      }
      if let keys { keyLines = bytes[(first + keys.lowerBound)..<(first + keys.upperBound)] }
    }

    /// Whether a line is one of the key's text; of most records, most lines are.
    private static func isOfKey(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
      let start = WrittenKey.lineStart
      guard line.count >= start.count else { return false }
      for place in start.indices where text[line.lowerBound + place] != start[place] {
        return false
      }
      return true
    }

    private mutating func read(_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
      var text: String { String(decoding: value, as: UTF8.self) }
      switch String(decoding: name, as: UTF8.self) {
      case "record": isWhole = isWhole && text == "1"
      case "output": append(output: value)
      case "facts": facts = text
      case "seconds": seconds = within(Self.longestTime, Double(text))
      case "cpu-seconds": cpuSeconds = within(Self.longestTime, Double(text))
      case "peak-bytes": peakBytes = within(Self.mostBytes, Int(text))
      case "host": host = text
      case "tool": tool = text
      case "when": when = text
      case "log": log = Digest(hexDigits: value.span)
      case "seal": seal = Digest(hexDigits: value.span)
      default: isWhole = false
      }
    }

    /// A number from 0 to a limit; a record with another one is not whole.
    private mutating func within<Number: Comparable & ExpressibleByIntegerLiteral>(
      _ limit: Number, _ number: Number?
    ) -> Number {
      guard let number, 0 <= number, number <= limit else {
        isWhole = false
        return 0
      }
      return number
    }

    private mutating func append(output line: ArraySlice<UInt8>) {
      var rest = line
      let (port, type, hex) = (field(of: &rest), field(of: &rest), field(of: &rest))
      guard let port, let type, let hex, !rest.contains(Record.tab),
        let digest = Digest(hexDigits: hex.span)
      else {
        isWhole = false
        return
      }
      outputs.append(
        RecordedOutput(
          port: String(decoding: port, as: UTF8.self), type: String(decoding: type, as: UTF8.self),
          digest: digest,
          byteCount: within(Self.mostBytes, Int(String(decoding: rest, as: UTF8.self)))))
    }

    /// Takes what stands before the next tab off the start of a line; nil when there is none.
    private func field(of line: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
      guard let end = line.firstIndex(of: Record.tab) else { return nil }
      defer { line = line[(end + 1)...] }
      return line[..<end]
    }
  }
}
