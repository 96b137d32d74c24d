/// Words are runs of letters, marks and digits; every other symbol is a token of its own.
///
/// An apostrophe, `'` or `’`, between two letters or digits belongs to the word: `don't`, `l'été`.
/// As in Unicode's word boundaries (UAX 29, rules WB3c and WB4), marks belong to the symbol before
/// them, and joiners to their word or emoji. Invisible characters such as the soft hyphen are left out
/// and separate nothing; the zero-width space separates words.
package enum WordTokenizer {
  /// Appends the tokens of a line with single spaces between them.
  ///
  /// - Parameter keepsEmoji: whether an emoji is one token, whatever it is made of: two letters of a
  ///   flag, a skin tone, a keycap.
  package static func tokenize(
    _ line: Span<UInt8>, keepingEmoji keepsEmoji: Bool = false, into output: inout [UInt8]
  ) {
    // Every emoji holds such a byte; see `EmojiRule`.
    let mayHoldEmoji = keepsEmoji && line.first(from: 0) { $0.isIn(0xE2...0xFF) } < line.count
    if !mayHoldEmoji, tokenizePlain(line, into: &output) { return }
    tokenizeAny(line, keepingEmoji: keepsEmoji, into: &output)
  }

  /// Appends the tokens of a line that may hold anything.
  package static func tokenizeAny(
    _ line: Span<UInt8>, keepingEmoji keepsEmoji: Bool, into output: inout [UInt8]
  ) {
    let units = ScalarText(line).units
    let start = output.count
    guard keepsEmoji else { return tokenize(units, from: start, into: &output) }
    for (piece, isEmoji) in units[...].cutAtEmoji() {
      guard isEmoji else {
        tokenize(Array(piece), from: start, into: &output)
        continue
      }
      if output.count > start { output.append(UInt8(ascii: " ")) }
      for unit in piece { ScalarText.append(unit, to: &output) }
    }
  }

  /// - Parameter start: where the tokens of the line begin in the output.
  private static func tokenize(
    _ line: [UInt32], from start: Int, into output: inout [UInt8]
  ) {
    let units = line.filter { !isSilent($0) }
    let all = ScalarClasses.all
    var last = Last.nothing
    for (index, unit) in units.enumerated() {
      let classes = all[unit]
      if classes.contains(.whitespace) || unit == zeroWidthSpace {
        last = .nothing
        continue
      }
      if isJoiner(unit) {
        if joins(index, in: units, after: last, all) {
          ScalarText.append(unit, to: &output)
          if last == .symbol { last = .joinedSymbol }
        }
        continue
      }
      let isMark = classes.contains(.mark) && !classes.contains(.alphanumeric)
      if isMark, last == .symbol || last == .joinedSymbol {
        ScalarText.append(unit, to: &output)
        continue
      }
      if last == .nothing, isVariationSelector(unit) { continue }
      let isInWord = last == .word
      let belongs = isWord(classes) || isInWord && isInnerApostrophe(index, in: units, all)
      let isNew = belongs ? !isInWord : last != .joinedSymbol
      if isNew, output.count > start { output.append(UInt8(ascii: " ")) }
      ScalarText.append(unit, to: &output)
      last = belongs ? .word : .symbol
    }
  }

  /// The kind of the current token's last unit.
  private enum Last {
    case nothing, word, symbol
    /// A symbol and a joiner, which the next symbol belongs to.
    case joinedSymbol
  }

  private static let zeroWidthSpace: UInt32 = 0x200B

  /// The zero-width joiner and non-joiner.
  private static func isJoiner(_ unit: UInt32) -> Bool { unit == 0x200C || unit == 0x200D }

  private static func isSilent(_ unit: UInt32) -> Bool {
    unit >= 0x80 && Unicode.Scalar(unit)?.isSilent ?? false
  }

  private static func isVariationSelector(_ unit: UInt32) -> Bool {
    unit >= 0xFE00 && Unicode.Scalar(unit)?.isVariationSelector ?? false
  }

  /// Whether a joiner stands between two parts of a word, or of an emoji.
  private static func joins(
    _ index: Int, in units: [UInt32], after last: Last, _ all: ScalarClasses
  ) -> Bool {
    guard let next = units[(index + 1)...].first(where: { !isJoiner($0) }) else { return false }
    return switch last {
    case .nothing: false
    case .word: isWord(all[next])
    case .symbol, .joinedSymbol:
      units[index] == 0x200D && next >= 0x80 && !isWord(all[next])
        && !all[next].contains(.whitespace)
    }
  }

  static func isWord(_ classes: ScalarClass) -> Bool {
    !classes.isDisjoint(with: [.alphanumeric, .mark])
  }

  /// Whether an apostrophe that follows a word's unit has another after it.
  private static func isInnerApostrophe(
    _ index: Int, in units: [UInt32], _ all: ScalarClasses
  ) -> Bool {
    guard units[index] == 0x27 || units[index] == 0x2019, index + 1 < units.count else {
      return false
    }
    return isWord(all[units[index + 1]]) && units[index - 1] != 0x27 && units[index - 1] != 0x2019
  }
}
