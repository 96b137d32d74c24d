/// Turns web addresses into blanks.
///
/// An address starts with `http://`, `https://`, `ftp://` or `www.`, not inside a word: not after a
/// letter, mark or digit, except letters of scripts that put no spaces between words. It ends before
/// white space, a quote, an angle bracket or a symbol beyond ASCII, such as `。`. Punctuation at its end
/// does not belong to it, nor does a closing bracket that was not opened in it.
struct URLRemoval: CleaningRule {
  private static let starts = ["http://", "https://", "ftp://", "www."].map { Array($0.utf8) }
  private static let marks = ByteSearch([UInt8(ascii: ":"), UInt8(ascii: ".")])

  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    guard mayHoldAddress(text) else {
      clean.append(contentsOf: text)
      return
    }
    var index = 0
    while index < text.count {
      guard let end = endOfAddress(text, from: index) else {
        clean.append(text[index])
        index += 1
        continue
      }
      clean.append(UInt8(ascii: " "))
      index = end
    }
  }

  /// Whether `:/` or `w.` is anywhere.
  private func mayHoldAddress(_ text: [UInt8]) -> Bool {
    var index = 0
    while true {
      index = Self.marks.first(in: text.span, from: index)
      guard index < text.count else { return false }
      if text[index] == UInt8(ascii: ".") {
        if index > 0, text[index - 1] | 0x20 == UInt8(ascii: "w") { return true }
      } else if index + 1 < text.count, text[index + 1] == UInt8(ascii: "/") {
        return true
      }
      index += 1
    }
  }

  private func endOfAddress(_ text: [UInt8], from start: Int) -> Int? {
    switch text[start] | 0x20 {
    case UInt8(ascii: "h"), UInt8(ascii: "f"), UInt8(ascii: "w"): break
    default: return nil
    }
    guard let prefix = Self.starts.first(where: { starts(text, start, with: $0) }),
      !isInWord(text, start)
    else { return nil }
    var end = start + prefix.count
    while end < text.count {
      var next = end
      guard goesOn(nextScalar(text, &next)) else { break }
      end = next
    }
    end = trimmedEnd(text, from: start + prefix.count, to: end)
    return end > start + prefix.count ? end : nil
  }

  /// Whether the scalar can be part of an address.
  private func goesOn(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return !scalar.isWhiteSpace && scalar != "<" && scalar != ">" && scalar != "\""
    }
    return scalar.isLetterMarkOrNumber && !scalar.isVariationSelector
  }

  /// Where an address ends, without the punctuation and unopened brackets after it.
  private func trimmedEnd(_ text: [UInt8], from start: Int, to limit: Int) -> Int {
    var end = limit
    while end > start {
      let last = text[end - 1]
      let opening: UInt8? =
        switch last {
        case UInt8(ascii: ")"): UInt8(ascii: "(")
        case UInt8(ascii: "]"): UInt8(ascii: "[")
        default: nil
        }
      if let opening {
        let address = text[start..<end]
        guard address.count(where: { $0 == last }) > address.count(where: { $0 == opening }) else {
          break
        }
      } else if !".,;:!?'".utf8.contains(last) {
        break
      }
      end -= 1
    }
    return end
  }

  /// Whether `index` is inside a word.
  private func isInWord(_ text: [UInt8], _ index: Int) -> Bool {
    var end = index
    while end > 0 {
      var start = end - 1
      while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
      var next = start
      let scalar = nextScalar(text, &next)
      guard scalar.isVariationSelector else {
        return scalar.isLetterMarkOrNumber && scalar.properties.generalCategory != .enclosingMark
          && !UnspacedScripts.contain(scalar.value)
      }
      end = start
    }
    return false
  }

  private func starts(_ text: [UInt8], _ start: Int, with prefix: [UInt8]) -> Bool {
    guard start + prefix.count <= text.count else { return false }
    return prefix.indices.allSatisfy { offset in
      let byte = text[start + offset]
      return ((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) == prefix[offset]
    }
  }
}

extension Unicode.Scalar {
  /// Whether it is a variation selector, which changes how the scalar before it is shown.
  var isVariationSelector: Bool {
    (0xFE00...0xFE0F).contains(value) || (0xE0100...0xE01EF).contains(value)
  }
}

/// Scripts that put no spaces between words: those of East Asia, Thai, Lao, Burmese and Khmer.
private enum UnspacedScripts {
  static func contain(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF: true
    default: EastAsian.contains(scalar)
    }
  }
}
