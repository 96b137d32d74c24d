import Diagnostics

/// JSON under way (RFC 8259): its bytes, a buffer at a time, and where in the file they stand.
///
/// The source must yield UTF-8 (`Decoder`). What is read is checked, wanted or not.
struct JSONText<Source: ByteSource & ~Copyable>: ~Copyable {
  private(set) var source: Source
  /// The line of the byte at hand, counted from 1.
  private(set) var line: Int
  /// Halves of surrogate pairs and zero characters, which no text can hold, that became U+FFFD.
  private(set) var replacements = 0

  private let file: String
  private let firstLine: Int
  private let invalid: InvalidBytes
  private let maximumBytes: Int
  private var buffer: [UInt8]
  private var spare: [UInt8]
  private var index = 0
  private var end = 0
  /// Where the first byte on its line is that is no blank, if it is in the buffer.
  private var lineContent = -1
  private var position: ChunkPosition
  /// Where the string under way opened, or the value that the next error is about.
  private var opened: ChunkPosition.Mark?

  /// - Parameters:
  ///   - maximumBytes: a longer string, or a row with longer texts, is refused.
  ///   - firstLine: the number of the line that the source begins with.
  init(
    _ source: consuming Source, file: String, invalid: InvalidBytes, maximumBytes: Int,
    chunkBytes: Int, firstLine: Int
  ) {
    self.source = source
    self.file = file
    self.firstLine = firstLine
    line = firstLine
    self.invalid = invalid
    self.maximumBytes = maximumBytes
    buffer = Array(repeating: 0, count: chunkBytes)
    spare = buffer
    position = ChunkPosition(file: file)
  }

  /// The byte at hand; nil at the end of the file.
  mutating func peek() throws(Diagnostic) -> UInt8? {
    if index < end { return buffer[index] }
    return try fill() ? buffer[index] : nil
  }

  /// Reads the next bytes, once those at hand are used up; false at the end of the file, where the
  /// last ones stay for errors to show.
  private mutating func fill() throws(Diagnostic) -> Bool {
    let count = try source.read(into: &spare)
    guard count > 0 else { return false }
    let used = buffer
    swap(&buffer, &spare)
    if var mark = opened {
      position.keep(&mark, in: used.span.extracting(0..<end))
      opened = mark
    }
    position.end(of: used.span.extracting(0..<end))
    (index, end, lineContent) = (0, count, -1)
    position.begin()
    return true
  }

  /// Moves past the byte if it is at hand.
  mutating func take(_ byte: Unicode.Scalar) throws(Diagnostic) -> Bool {
    guard try peek() == UInt8(ascii: byte) else { return false }
    index += 1
    return true
  }

  /// Moves past white space.
  mutating func skipSpace() throws(Diagnostic) {
    var isOnNewLine = line == firstLine && index == 0
    while let byte = try peek() {
      switch byte {
      case UInt8(ascii: "\n"):
        index += 1
        line += 1
        position.startLine(at: index)
        isOnNewLine = true
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): index += 1
      default:
        if isOnNewLine { lineContent = index }
        return
      }
    }
  }

  /// Whether what is at hand is the first on its line.
  var isAtLineContent: Bool { index == lineContent }

  /// Moves past the end of the line at hand.
  mutating func skipLine() throws(Diagnostic) {
    while let byte = try peek() {
      if byte == UInt8(ascii: "\n") { return try skipSpace() }
      index += 1
    }
  }

  /// Reads `true`, `false` or `null`.
  mutating func readWord(_ word: StaticString) throws(Diagnostic) {
    mark()
    for letter in "\(word)".unicodeScalars {
      guard try take(letter) else { throw problem(.noValue) }
    }
  }

  /// Reads a number and appends it as it is spelled.
  mutating func readNumber(into text: inout [UInt8]) throws(Diagnostic) {
    mark()
    _ = try takeSign("-", into: &text)
    if try peek() == UInt8(ascii: "0") {
      text.append(UInt8(ascii: "0"))
      index += 1
    } else {
      try readDigits(into: &text)
    }
    if try takeSign(".", into: &text) { try readDigits(into: &text) }
    var isPowered = try takeSign("e", into: &text)
    if !isPowered { isPowered = try takeSign("E", into: &text) }
    guard isPowered else { return }
    if try !takeSign("+", into: &text) { _ = try takeSign("-", into: &text) }
    try readDigits(into: &text)
  }

  private mutating func takeSign(
    _ sign: Unicode.Scalar, into text: inout [UInt8]
  ) throws(Diagnostic) -> Bool {
    guard try take(sign) else { return false }
    text.append(UInt8(ascii: sign))
    return true
  }

  private mutating func readDigits(into text: inout [UInt8]) throws(Diagnostic) {
    let start = text.count
    while let byte = try peek(), (0x30...0x39).contains(byte) {
      text.append(byte)
      index += 1
      try checkLength(text.count)
    }
    guard text.count > start else { throw problemHere(.noDigit) }
  }

  /// Remembers the byte at hand as the one that `problem` points at.
  mutating func mark() { opened = position.mark(index, line: line) }

  /// An error at the byte that was marked last.
  func problem(_ message: Diagnostic.Message) -> Diagnostic {
    guard let opened else { return problemHere(message) }
    return position.diagnostic(message, at: opened, in: buffer.span.extracting(0..<end))
  }

  /// An error at the byte at hand.
  func problemHere(_ message: Diagnostic.Message) -> Diagnostic {
    position.diagnostic(
      message, at: position.mark(index, line: line), in: buffer.span.extracting(0..<end))
  }

  /// Refuses texts that outgrow the limit.
  func checkLength(_ byteCount: Int) throws(Diagnostic) {
    if byteCount > maximumBytes { throw problem(.endlessText(maximumBytes)) }
  }
}

extension JSONText where Source: ~Copyable {
  /// Reads a string, whose opening quote is at hand, and appends what it stands for.
  ///
  /// - Parameter isWanted: false for one that is only passed over.
  mutating func readString(into text: inout [UInt8], isWanted: Bool) throws(Diagnostic) {
    mark()
    index += 1
    /// The first half of a surrogate pair, whose second half must follow.
    var half: UInt32?
    while true {
      let start = index
      while index < end, Self.isPlain(buffer[index]) { index += 1 }
      if index > start {
        if half.take() != nil { try replace(in: &text, isWanted) }
        text.append(contentsOf: buffer[start..<index])
        try checkLength(text.count)
      }
      guard let byte = try peek() else { throw problem(.unclosedString) }
      switch byte {
      case UInt8(ascii: "\""):
        if half != nil { try replace(in: &text, isWanted) }
        index += 1
        return
      case UInt8(ascii: "\\"):
        index += 1
        let letter = try peek()
        guard letter == UInt8(ascii: "u") else {
          if half.take() != nil { try replace(in: &text, isWanted) }
          guard let letter, let meant = Self.escapes[letter] else {
            throw problemHere(.unknownEscape)
          }
          text.append(meant)
          index += 1
          continue
        }
        index += 1
        try append(try readCodeUnit(), after: &half, to: &text, isWanted)
      case 0x20...: continue
      default: throw problemHere(.controlCharacter)
      }
    }
  }

  /// Appends what `\uXXXX` stands for, or keeps it when it is the first half of a pair.
  private mutating func append(
    _ unit: UInt32, after half: inout UInt32?, to text: inout [UInt8], _ isWanted: Bool
  ) throws(Diagnostic) {
    if let first = half.take() {
      if (0xDC00..<0xE000).contains(unit) {
        appendUTF8(0x10000 + (first - 0xD800) << 10 + (unit - 0xDC00), to: &text)
        return
      }
      try replace(in: &text, isWanted)
    }
    switch unit {
    case 0xD800..<0xDC00: half = unit
    case 0, 0xDC00..<0xE000: try replace(in: &text, isWanted)
    default: appendUTF8(unit, to: &text)
    }
  }

  /// Puts U+FFFD, or says that the string must be refused.
  private mutating func replace(in text: inout [UInt8], _ isWanted: Bool) throws(Diagnostic) {
    guard isWanted else { return }
    guard invalid == .replace else { throw problem(.noCharacter) }
    replacements += 1
    appendUTF8(0xFFFD, to: &text)
  }

  private mutating func readCodeUnit() throws(Diagnostic) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = try peek(), byte < 0x80,
        let digit = Character(Unicode.Scalar(byte)).hexDigitValue
      else { throw problemHere(.noCodeUnit) }
      unit = unit << 4 | UInt32(digit)
      index += 1
    }
    return unit
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte >= 0x20
  }

  private static var escapes: [UInt8: UInt8] {
    [
      UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
      UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
      UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    ]
  }
}

extension Diagnostic.Message {
  static let noValue = Self(
    "expected a JSON value", remedy: "texts stand in double quotes; true, false and null do not")

  fileprivate static let noDigit = Self("expected a digit of a number")

  fileprivate static let unclosedString = Self(
    "the string that opens here is never closed",
    remedy: "add the missing \", or see whether the file was cut short")

  fileprivate static let unknownEscape = Self(
    "a backslash in a string is followed by none of \" \\ / b f n r t u",
    remedy: "write \\\\ for a backslash itself")

  fileprivate static let noCodeUnit = Self("\\u wants four hexadecimal digits")

  fileprivate static let controlCharacter = Self(
    "a line end or control character inside a string", remedy: "write it as \\n or \\u00..")

  fileprivate static let noCharacter = Self(
    "this string holds half of a surrogate pair, or \\u0000, which stand for no character",
    remedy: "mend it, or set invalid = \"replace\"")

  fileprivate static func endlessText(_ limit: Int) -> Self {
    Self(
      "the texts of a row are longer than \(limit >> 20) MB",
      remedy: "check that this is JSON with an object for each row, or \(RowLimit.remedy)")
  }
}
