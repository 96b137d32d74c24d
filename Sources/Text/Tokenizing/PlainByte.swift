/// What a byte of a plain line is.
enum PlainByte: UInt8 {
  case letter, digit, space, sign
  /// One of `. , ' -`.
  case joint
  /// The first of two bytes, which may be a letter.
  case lead
  /// No line with it is plain.
  case other

  var isLetter: Bool { self == .letter || self == .lead }
  var isAlphanumeric: Bool { isLetter || self == .digit }

  static let classes: [PlainByte] = (0...255).map { byte in
    switch Unicode.Scalar(UInt8(byte)) {
    case "a"..."z", "A"..."Z": .letter
    case "0"..."9": .digit
    case " ": .space
    case ".", ",", "'", "-": .joint
    case "`": .other
    case "!"..."~": .sign
    case "\u{C2}"..."\u{D7}": .lead
    default: .other
    }
  }
}

extension [PlainByte] {
  /// The class of the byte at a place, that of a space beyond the ends.
  @inline(__always)
  subscript(at index: Int, in line: Span<UInt8>) -> PlainByte {
    index >= 0 && index < line.count ? self[Int(line[index])] : .space
  }
}
