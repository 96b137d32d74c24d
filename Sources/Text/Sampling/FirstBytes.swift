import Diagnostics

/// The beginning of a file, from which it is told what is no table.
struct FirstBytes {
  private let lines: [String]
  private let file: String
  private let bytes: [UInt8]

  /// - Throws: when the file is no text, or cannot be read.
  init(
    _ source: consuming some ByteSource & ~Copyable, file: String, encoding: TextEncoding
  ) throws(Diagnostic) {
    self.file = file
    var decoder = Decoder(source, file: file, encoding: encoding, invalid: .replace)
    var buffer = [UInt8](repeating: 0, count: 256 << 10)
    var bytes: [UInt8] = []
    while bytes.count < buffer.count {
      let count = try decoder.read(into: &buffer)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    self.bytes = bytes
    lines = bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).prefix(500).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// Whether it begins like JSON.
  var isJSON: Bool {
    switch ForeignText(bytes[...]) {
    case .json, .jsonLines: true
    case .fastText, .html, nil: namesJSON && startsLikeJSON
    }
  }

  private var namesJSON: Bool {
    let plain = file.hasSuffix(".gz") ? String(file.dropLast(3)) : file
    return [".json", ".jsonl", ".ndjson"].contains(where: plain.hasSuffix)
  }

  private var startsLikeJSON: Bool {
    guard let first = bytes.first(where: { $0 > 0x20 }) else { return false }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  /// Lines with labels in front, if the first or most of them are: `__label__x …`, or few words that
  /// lines begin with, as `DESC:manner How …` does, where nothing else cuts the lines.
  var labelledFormat: TableSample.Format? {
    guard !lines.isEmpty else { return nil }
    let marked = lines.count { $0.hasPrefix("__label__") }
    if marked * 10 >= lines.count * 9 || ForeignText(bytes[...]) == .fastText {
      return .labelled(prefix: "__label__")
    }
    guard !lines[0].contains("\t"), !namesTable else { return nil }
    let words = lines.map { $0.prefix { $0 != " " } }
    let counts = Dictionary(words.map { ($0, 1) }, uniquingKeysWith: +)
    let areLabels = words.allSatisfy { word in
      !word.isEmpty && (word.contains(":") && word.last != ":" || Int(word) != nil)
    }
    let haveTexts = lines.allSatisfy { $0.split(separator: " ").count > 1 }
    let areFew = counts.count > 1 && counts.count * 3 <= words.count
    return areLabels && haveTexts && areFew ? .labelled(prefix: "") : nil
  }

  private var namesTable: Bool {
    let plain = file.hasSuffix(".gz") ? String(file.dropLast(3)) : file
    return [".csv", ".tsv", ".tab"].contains(where: plain.hasSuffix)
  }
}
