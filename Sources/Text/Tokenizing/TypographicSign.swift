/// A sign of general punctuation, U+2010 to U+2027 or U+2030 to U+203F: a quote, a dash, an ellipsis.
struct TypographicSign {
  static let byteCount = 3

  /// The last of its bytes, E2 80 and this one.
  private let last: UInt8

  /// Nil when the bytes from an index on are none.
  @inline(__always)
  init?(at index: Int, in line: Span<UInt8>) {
    guard line[index] == 0xE2, index + 2 < line.count, line[index + 1] == 0x80 else { return nil }
    last = line[index + 2]
    guard (0x90...0xA7).contains(last) || (0xB0...0xBF).contains(last) else { return nil }
  }

  /// What normalizing punctuation makes of it.
  enum Normalized {
    /// The sign itself.
    case kept
    case quote, hyphen
    /// A hyphen between spaces.
    case dash
    /// An apostrophe between two letters of ASCII, else a quote.
    case apostrophe
    /// Full stops.
    case ellipsis
  }

  var normalized: Normalized {
    switch last {
    case 0x93: .hyphen
    case 0x94: .dash
    case 0x98, 0x99: .apostrophe
    case 0x9A, 0x9C, 0x9D, 0x9E: .quote
    case 0xA6: .ellipsis
    default: .kept
    }
  }

  var isKept: Bool { if case .kept = normalized { true } else { false } }
}

extension MosesTokenizer {
  /// A line with the signs of ASCII that normalizing puts in the place of others.
  ///
  /// No other rule that normalizes looks at one of them. Nil where that would not do: without such signs,
  /// with an ellipsis, which becomes full stops in a row, and where one letter is between two apostrophes.
  func plainSigns(of line: Span<UInt8>) -> [UInt8]? {
    guard options.normalizesPunctuation else { return nil }
    var index = line.first(from: 0) { $0.isEqual(to: 0xE2) }
    guard index < line.count else { return nil }
    var plain: [UInt8] = []
    plain.reserveCapacity(line.count)
    var run = 0
    var lastApostrophe = -4
    while index < line.count {
      if let sign = TypographicSign(at: index, in: line), !sign.isKept {
        let end = index + TypographicSign.byteCount
        plain.append(copying: line.extracting(run..<index))
        switch sign.normalized {
        case .quote: plain.append(UInt8(ascii: "\""))
        case .hyphen: plain.append(UInt8(ascii: "-"))
        case .dash: plain += " - ".utf8
        case .apostrophe:
          guard index - lastApostrophe > TypographicSign.byteCount + 1 else { return nil }
          lastApostrophe = index
          let isInWord =
            index > 0 && end < line.count && Self.isLetter(line[index - 1])
            && Self.isLetter(line[end])
          plain.append(UInt8(ascii: isInWord ? "'" : "\""))
        case .kept, .ellipsis: return nil
        }
        (index, run) = (end, end)
      } else {
        index += 1
      }
      index = line.first(from: index) { $0.isEqual(to: 0xE2) }
    }
    plain.append(copying: line.extracting(run...))
    return plain
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}
