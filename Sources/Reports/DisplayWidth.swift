import Diagnostics

/// Fitting text to the columns of a terminal.
extension String {
  /// How many columns a terminal gives the text: two for East Asian wide letters, none for marks.
  package var displayWidth: Int {
    let isPlain = utf8.allSatisfy { 0x20 <= $0 && $0 < 0x7F }
    return isPlain ? utf8.count : unicodeScalars.reduce(0) { $0 + $1.displayWidth }
  }

  /// The text with spaces behind it, so that it is at least `width` columns wide.
  package func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - displayWidth))
  }

  /// The text with spaces before it, so that it is at least `width` columns wide.
  package func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - displayWidth)) + self
  }

  /// The text in at most `width` columns; `…` stands for what is cut off.
  package func fitted(to width: Int) -> String {
    guard displayWidth > width else { return self }
    var kept = String.UnicodeScalarView()
    var used = 0
    for scalar in unicodeScalars {
      used += scalar.displayWidth
      if used > width - 1 { break }
      kept.append(scalar)
    }
    while kept.last == " " { kept.removeLast() }
    return width > 0 ? String(kept) + "…" : ""
  }

  /// The end of the text in at most `width` columns; `…` stands for what is cut off before it.
  package func endFitted(to width: Int) -> String {
    guard displayWidth > width else { return self }
    return String(String(reversed()).fitted(to: width).reversed())
  }

  /// The text without control characters: line ends as `⏎`, tabs as `⇥`, others as U+FFFD.
  package var printable: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { scalar in
          switch scalar {
          case "\n": "⏎"
          case "\t": "⇥"
          default: scalar.isObeyed ? "\u{FFFD}" : scalar
          }
        }))
  }

  /// The text in lines of at most `width` columns, broken at spaces where there are any, and a word that
  /// is too long behind one of its bars or slashes.
  package func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for var word in split(separator: " ", omittingEmptySubsequences: false).map(String.init) {
      if !line.isEmpty, line.displayWidth + 1 + word.displayWidth > width {
        lines.append(line)
        line = ""
      }
      while word.displayWidth > max(2, width) {
        var start = word.fitted(to: max(2, width))
        start.removeLast()
        if let joint = start.lastIndex(where: { "|/".contains($0) }), joint > start.startIndex {
          start = String(start[...joint])
        }
        lines.append(start)
        word.removeFirst(start.count)
      }
      line += line.isEmpty ? word : " " + word
    }
    return lines + [line]
  }
}

extension Unicode.Scalar {
  /// Columns of a terminal, after Unicode's East Asian Width.
  fileprivate var displayWidth: Int {
    if value < 0x300 { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    return switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      2
    default: 1
    }
  }
}
