/// The passes that set punctuation off from words in NIST's mteval script, on UTF-8 bytes.
///
/// Each is one regular expression of the script, matches not overlapping; all it looks at is ASCII.
enum Punctuation {
  /// Surrounds ASCII punctuation, but for `'` `,` `-` `.`, with spaces.
  static func settingSymbolsOff(_ text: [UInt8]) -> [UInt8] {
    rewritten(text) { text, i, output in
      guard isSymbol(text[i]) else { return 0 }
      output += [.space, text[i], .space]
      return 1
    }
  }

  /// Sets a period or comma off unless a digit is before it, then unless one is after it.
  static func settingPointsOff(_ text: [UInt8]) -> [UInt8] {
    let half = rewritten(text) { text, i, output in
      guard !isDigit(text[i]), i + 1 < text.count, isPoint(text[i + 1]) else { return 0 }
      output += [text[i], .space, text[i + 1], .space]
      return 2
    }
    return rewritten(half) { text, i, output in
      guard isPoint(text[i]), i + 1 < text.count, !isDigit(text[i + 1]) else { return 0 }
      output += [.space, text[i], .space, text[i + 1]]
      return 2
    }
  }

  /// Sets a dash off from a digit before it.
  static func settingDashesOff(_ text: [UInt8]) -> [UInt8] {
    rewritten(text) { text, i, output in
      guard isDigit(text[i]), i + 1 < text.count, text[i + 1] == UInt8(ascii: "-") else { return 0 }
      output += [text[i], .space, text[i + 1], .space]
      return 2
    }
  }

  /// The text with every occurrence of one string replaced, from left to right.
  static func replacing(
    _ old: StaticString, with new: StaticString, in text: [UInt8]
  ) -> [UInt8] {
    let (old, new) = (Array("\(old)".utf8), Array("\(new)".utf8))
    guard text.contains(old[0]) else { return text }
    return rewritten(text) { text, i, output in
      guard text[i...].starts(with: old) else { return 0 }
      output += new
      return old.count
    }
  }

  /// Characters of HTML written as entities.
  static func decodingEntities(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(UInt8(ascii: "&")) else { return text }
    var text = replacing("&quot;", with: "\"", in: text)
    text = replacing("&amp;", with: "&", in: text)
    text = replacing("&lt;", with: "<", in: text)
    return replacing("&gt;", with: ">", in: text)
  }

  /// Copies a text; `rewrite` may write something else and gives how many bytes that stands for.
  static func rewritten(
    _ text: [UInt8], _ rewrite: ([UInt8], Int, inout [UInt8]) -> Int
  ) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count + text.count / 2)
    var i = 0
    while i < text.count {
      let length = rewrite(text, i, &output)
      if length == 0 { output.append(text[i]) }
      i += max(1, length)
    }
    return output
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  static func isPoint(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")
  }

  static func isSymbol(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20...0x26, 0x28...0x2B, 0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}

extension UInt8 {
  static let space = UInt8(ascii: " ")
}
