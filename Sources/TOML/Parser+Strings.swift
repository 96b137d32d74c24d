import Diagnostics

extension Parser {
  /// A string in any of the four notations.
  mutating func string() throws(Diagnostic) -> String {
    let mark = cursor.next
    guard cursor.byte(after: 1) == mark, cursor.byte(after: 2) == mark else {
      return try singleLineString()
    }
    return try multilineString()
  }

  /// `"with \n escapes"` or `'without'`.
  mutating func singleLineString() throws(Diagnostic) -> String {
    let start = cursor.mark()
    let quote = cursor.next
    cursor.advance()
    var text = run(until: quote)
    while !cursor.take(quote) {
      guard cursor.next == .backslash else {
        try refuseControl()
        throw cursor.failure(.unclosedString, from: start)
      }
      text.unicodeScalars.append(try escape())
      text += run(until: quote)
    }
    return text
  }

  /// `"""with escapes"""` or `'''without'''`; line ends become line feeds.
  private mutating func multilineString() throws(Diagnostic) -> String {
    let start = cursor.mark()
    let quote = cursor.next
    cursor.advance(3)
    _ = cursor.takeLineEnd()
    var text = ""
    while true {
      text += run(until: quote)
      if cursor.next == quote {
        let quotes = cursor.take { $0 == quote }
        if quotes.count > 5 { throw cursor.failure(.tooManyQuotes) }
        let isClosed = quotes.count >= 3
        text += String(decoding: quotes.dropLast(isClosed ? 3 : 0), as: UTF8.self)
        if isClosed { return text }
      } else if cursor.takeLineEnd() {
        text += "\n"
      } else if cursor.next == .backslash {
        if try !skipEscapedLineEnd() { text.unicodeScalars.append(try escape()) }
      } else {
        try refuseControl()
        throw cursor.failure(.unclosedString, from: start)
      }
    }
  }

  /// The text up to a quote, an escape, a line end or what is not allowed.
  private mutating func run(until quote: UInt8) -> String {
    let escape: UInt8 = quote == .quote ? .backslash : quote
    let bytes = cursor.take {
      $0 != quote && $0 != escape && $0 != 0x7F && ($0 >= .space || $0 == .tab)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Moves over a backslash at the end of a line and all white space after it.
  private mutating func skipEscapedLineEnd() throws(Diagnostic) -> Bool {
    var ahead = 1
    while cursor.byte(after: ahead) == .space || cursor.byte(after: ahead) == .tab { ahead += 1 }
    let end = cursor.byte(after: ahead)
    guard end == .lineFeed || end == .carriageReturn else { return false }
    cursor.advance(ahead)
    try refuseControl()
    while cursor.takeLineEnd() { cursor.skipBlanks() }
    return true
  }

  private mutating func escape() throws(Diagnostic) -> Unicode.Scalar {
    let start = cursor.mark()
    let letter = cursor.byte(after: 1)
    cursor.advance(letter < 0x80 && letter > .space ? 2 : 1)
    switch letter {
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "r"): return "\r"
    case .quote: return "\""
    case .backslash: return "\\"
    case UInt8(ascii: "u"): return try escapedScalar(digits: 4, from: start)
    case UInt8(ascii: "U"): return try escapedScalar(digits: 8, from: start)
    default: throw cursor.failure(.unknownEscape, from: start)
    }
  }

  private mutating func escapedScalar(
    digits: Int, from start: Cursor.Mark
  ) throws(Diagnostic) -> Unicode.Scalar {
    var number: UInt32 = 0
    for _ in 0..<digits {
      guard let digit = cursor.next.hexadecimalValue else {
        throw cursor.failure(.tooFewHexadecimalDigits(digits), from: start)
      }
      number = number << 4 | digit
      cursor.advance()
    }
    guard let scalar = Unicode.Scalar(number) else {
      throw cursor.failure(.noSuchCharacter, from: start)
    }
    return scalar
  }
}

extension Diagnostic.Message {
  fileprivate static let unclosedString = Self(
    "this string is never closed",
    remedy:
      "add the missing quote; a string over several lines takes three: \"\"\"…\"\"\" or '''…'''"
  )

  fileprivate static let tooManyQuotes = Self(
    "a string may end in at most two quotes of its own",
    remedy: "write \\\" for the others")

  fileprivate static let unknownEscape = Self(
    "there is no such escape",
    remedy: #"use \b \t \n \f \r \" \\ \uXXXX \UXXXXXXXX, or single quotes to keep backslashes"#)

  fileprivate static func tooFewHexadecimalDigits(_ count: Int) -> Self {
    Self("this escape takes \(count) hexadecimal digits", remedy: #"write é as \u00E9"#)
  }

  fileprivate static let noSuchCharacter = Self(
    "this number is no Unicode character",
    remedy:
      "use 0 to D7FF or E000 to 10FFFF; write a character beyond FFFF with \\U, not in two halves")
}
