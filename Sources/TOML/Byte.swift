/// The bytes TOML's grammar speaks of.
extension UInt8 {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let quote = UInt8(ascii: "\"")
  static let apostrophe = UInt8(ascii: "'")
  static let backslash = UInt8(ascii: "\\")
  static let numberSign = UInt8(ascii: "#")
  static let equals = UInt8(ascii: "=")
  static let dot = UInt8(ascii: ".")
  static let comma = UInt8(ascii: ",")
  static let colon = UInt8(ascii: ":")
  static let plus = UInt8(ascii: "+")
  static let minus = UInt8(ascii: "-")
  static let underscore = UInt8(ascii: "_")
  static let zero = UInt8(ascii: "0")
  static let leftBracket = UInt8(ascii: "[")
  static let rightBracket = UInt8(ascii: "]")
  static let leftBrace = UInt8(ascii: "{")
  static let rightBrace = UInt8(ascii: "}")

  var isDigit: Bool { self &- .zero < 10 }

  /// Letters, digits, `_` and `-`: what a key may hold without quotes.
  var isBareKey: Bool {
    isDigit || (self | 0x20) &- UInt8(ascii: "a") < 26 || self == .underscore || self == .minus
  }

  /// Forbidden everywhere: control characters but the tab and line ends.
  var isControl: Bool {
    self < 0x20 && self != .tab && self != .lineFeed && self != .carriageReturn || self == 0x7F
  }

  /// What may stand in a number, date or boolean: everything up to white space or punctuation.
  var isScalarPart: Bool {
    self > .space && self != 0x7F && self != .comma && self != .rightBracket && self != .rightBrace
      && self != .numberSign
  }

  /// 0 to 15 of a hexadecimal digit in either case.
  var hexadecimalValue: UInt32? {
    if isDigit { return UInt32(self &- .zero) }
    let letter = (self | 0x20) &- UInt8(ascii: "a")
    return letter < 6 ? UInt32(letter) + 10 : nil
  }
}
