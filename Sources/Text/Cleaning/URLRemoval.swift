/// Turns web addresses into blanks.
///
/// An address starts with `http://`, `https://`, `ftp://` or `www.`, not inside a word: not after a
/// letter, mark or digit, except letters of scripts that put no spaces between words. It ends before
/// white space, a quote, an angle bracket or a symbol beyond ASCII, such as `。`. Punctuation at its end
/// does not belong to it, nor does a closing bracket that was not opened in it.
package struct URLRemoval: CleaningRule {
  private static let starts = ["http://", "https://", "ftp://", "www."].map { Array($0.utf8) }

  package init() {}

  func mayChange(_ text: [UInt8]) -> Bool {
    var index = 0
    return nextStart(text, &index) != nil
  }

  package func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    var (run, index) = (0, 0)
    while let start = nextStart(text, &index) {
      guard start >= run, let end = endOfAddress(text, from: start) else { continue }
      clean.append(copying: text.span.extracting(run..<start))
      clean.append(UInt8(ascii: " "))
      (run, index) = (end, end)
    }
    clean.append(copying: text.span.extracting(run...))
  }

  /// Where an address may start whose first mark, `:/` or `w.`, is at `index` or after it.
  ///
  /// Moves behind the mark.
  private func nextStart(_ text: [UInt8], _ index: inout Int) -> Int? {
    while true {
      let mark = text.span.firstPair(from: index) { byte, next in
        byte.isEqual(to: UInt8(ascii: ":")) .& next.isEqual(to: UInt8(ascii: "/"))
          .| (byte.isEqual(to: UInt8(ascii: "w")) .| byte.isEqual(to: UInt8(ascii: "W")))
          .& next.isEqual(to: UInt8(ascii: "."))
      }
      guard mark + 1 < text.count else { return nil }
      index = mark + 1
      if text[mark] != UInt8(ascii: ":") {
        if mark >= 2 { return mark - 2 }
      } else {
        let isFile = mark >= 3 && text[mark - 3] | 0x20 == UInt8(ascii: "f")
        let isSecure = mark >= 5 && text[mark - 1] | 0x20 == UInt8(ascii: "s")
        let length = isFile ? 3 : isSecure ? 5 : 4
        if mark >= length { return mark - length }
      }
    }
  }

  /// Where the address ends that starts here; nil when none does.
  package func endOfAddress(_ text: [UInt8], from start: Int) -> Int? {
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
