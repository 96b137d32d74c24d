/// The text of a record: a `name<TAB>value` line each, the key text last but one, its checksum last.
///
/// ```
/// record	1
/// output	text	Table	7f3a…	48211033
/// facts	{"rows":25000}
/// seconds	12.84
/// key	kind      tokenize 2
/// key	rules     moses
/// checksum	9d31…
/// ```
extension Record {
  /// The record as bytes.
  var text: String {
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
    for line in keyText.split(separator: "\n", omittingEmptySubsequences: false) {
      text += "key\t\(line)\n"
    }
    return text + "checksum\t\(BLAKE3.digest(of: text))\n"
  }

  private static func escaped(_ value: String) -> String {
    String(String.UnicodeScalarView(value.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
  }

  /// Reads a record; nil when a single bit of it is not as it was written.
  init?(text bytes: [UInt8]) {
    let checksumLength = "checksum\t".utf8.count + 64 + 1
    let end = bytes.count - checksumLength
    guard end > 0, bytes[end - 1] == UInt8(ascii: "\n"), bytes.last == UInt8(ascii: "\n"),
      bytes[end...].starts(with: "checksum\t".utf8),
      let checksum = Digest(
        hexDigits: bytes.span.extracting((bytes.count - 65)..<(bytes.count - 1))),
      checksum == BLAKE3.digest(of: bytes.span.extracting(..<end))
    else { return nil }
    self.init(fields: Fields(bytes, upTo: end))
  }

  private init?(fields: Fields) {
    guard fields.isWhole, let facts = fields.facts else { return nil }
    let keyText = fields.keyLines.joined(separator: "\n")
    self.init(
      keyText: keyText, key: BLAKE3.digest(of: keyText), outputs: fields.outputs, factsText: facts,
      seconds: fields.seconds, cpuSeconds: fields.cpuSeconds, peakBytes: fields.peakBytes,
      host: fields.host, tool: fields.tool, when: fields.when, log: fields.log)
  }

  /// The lines of a record, sorted by what they hold.
  private struct Fields {
    var outputs: [RecordedOutput] = []
    var keyLines: [String] = []
    var facts: String?
    var seconds = 0.0
    var cpuSeconds = 0.0
    var peakBytes = 0
    var host = ""
    var tool = ""
    var when = ""
    var log: Digest?
    /// Whether every line was understood.
    var isWhole = true

    init(_ bytes: [UInt8], upTo end: Int) {
      var start = 0
      while start < end {
        let lineEnd = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? end
        let line = bytes[start..<lineEnd]
        let tab = line.firstIndex(of: UInt8(ascii: "\t")) ?? lineEnd
        read(line[..<tab], String(decoding: line[min(tab + 1, lineEnd)...], as: UTF8.self))
        start = lineEnd + 1
      }
    }

    private mutating func read(_ name: ArraySlice<UInt8>, _ value: String) {
      switch String(decoding: name, as: UTF8.self) {
      case "record": isWhole = isWhole && value == "1"
      case "key": keyLines.append(value)
      case "output": append(output: value)
      case "facts": facts = value
      case "seconds": seconds = Double(value) ?? 0
      case "cpu-seconds": cpuSeconds = Double(value) ?? 0
      case "peak-bytes": peakBytes = Int(value) ?? 0
      case "host": host = value
      case "tool": tool = value
      case "when": when = value
      case "log": log = Digest(hex: value)
      default: isWhole = false
      }
    }

    private mutating func append(output text: String) {
      let parts = text.split(separator: "\t", omittingEmptySubsequences: false)
      guard parts.count == 4, let digest = Digest(hex: parts[2]), let byteCount = Int(parts[3])
      else {
        isWhole = false
        return
      }
      outputs.append(
        RecordedOutput(
          port: String(parts[0]), type: String(parts[1]), digest: digest, byteCount: byteCount))
    }
  }
}
