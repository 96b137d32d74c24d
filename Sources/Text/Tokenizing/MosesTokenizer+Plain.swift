/// The tokens of plain lines, in which no two of the tokenizer's rules touch, found in one pass.
///
/// Most lines are plain: letters of one or two bytes, digits, spaces, the signs of ASCII and those that
/// typesetters use, where no two of `. , ' -` stand side by side, and none of them at the start of the
/// line. In such a line the rules that normalize punctuation only move spaces beside signs that become
/// tokens anyhow.
extension MosesTokenizer {
  /// Appends the tokens of a line; appends nothing and is false when it is not plain.
  package func tokenizePlain(_ line: Span<UInt8>, into output: inout [UInt8]) -> Bool {
    guard protected == nil, !line.isEmpty else { return false }
    // The longest that a byte becomes is an entity between two spaces.
    var isPlain = false
    output.append(addingCapacity: line.count * 8) { tokens in
      isPlain = tokenizePlain(line, into: &tokens)
      if !isPlain { tokens.removeAll() }
    }
    return isPlain
  }

  private func tokenizePlain(_ line: Span<UInt8>, into tokens: inout OutputSpan<UInt8>) -> Bool {
    let classes = PlainByte.classes
    let capital: UInt8 = options.lowercases ? 0x20 : 0
    /// Where the token begins that goes on at the next byte.
    var word: Int?
    var index = 0
    while index < line.count {
      let byte = line[index]
      switch classes[Int(byte)] {
      case .letter, .digit:
        if word == nil { begin(&word, at: index, &tokens) }
        tokens.append(byte &- UInt8(ascii: "A") < 26 ? byte | capital : byte)
        index += 1
      case .space:
        end(&word, at: index, in: line, &tokens)
        index += 1
      case .lead:
        guard index + 1 < line.count, let letter = PlainLetter(byte, line[index + 1]) else {
          return false
        }
        if word == nil { begin(&word, at: index, &tokens) }
        let unit = options.lowercases ? letter.lower : letter.unit
        tokens.append(0xC0 | UInt8(truncatingIfNeeded: unit >> 6))
        tokens.append(0x80 | UInt8(truncatingIfNeeded: unit & 0x3F))
        index += 2
      case .sign:
        guard !isMovedQuote(at: index, in: line) else { return false }
        end(&word, at: index, in: line, &tokens)
        begin(&word, at: index, &tokens)
        write(byte, &tokens)
        word = nil
        index += 1
      case .joint:
        guard !tokens.isEmpty, classes[at: index + 1, in: line] != .joint else { return false }
        switch byte {
        case UInt8(ascii: ","): addComma(at: index, in: line, &word, &tokens)
        case UInt8(ascii: "'"):
          guard addApostrophe(at: index, in: line, &word, &tokens) else { return false }
        default: addJoint(byte, at: index, in: line, &word, &tokens)
        }
        index += 1
      case .other:
        guard let sign = TypographicSign(at: index, in: line),
          !options.normalizesPunctuation || sign.isKept
        else { return false }
        end(&word, at: index, in: line, &tokens)
        begin(&word, at: index, &tokens)
        for offset in 0..<TypographicSign.byteCount { tokens.append(line[index + offset]) }
        word = nil
        index += TypographicSign.byteCount
      }
    }
    end(&word, at: index, in: line, &tokens)
    return !tokens.isEmpty
  }

  // MARK: - Tokens

  private func begin(_ word: inout Int?, at index: Int, _ tokens: inout OutputSpan<UInt8>) {
    if !tokens.isEmpty { tokens.append(UInt8(ascii: " ")) }
    word = index
  }

  /// Ends the token, its full stop split off unless it belongs to it.
  private func end(
    _ word: inout Int?, at index: Int, in line: Span<UInt8>, _ tokens: inout OutputSpan<UInt8>
  ) {
    guard let start = word else { return }
    word = nil
    guard index - start > 1, line[index - 1] == UInt8(ascii: ".") else { return }
    let stem = units(of: line.extracting(start..<index - 1))
    if !keepsStop(stem.span, next: nextUnit(from: index, in: line)) {
      tokens.removeLast(1)
      tokens.append(UInt8(ascii: " "))
      tokens.append(UInt8(ascii: "."))
    }
  }

  /// The scalars of plain text, in lower case if wished.
  private func units(of text: Span<UInt8>) -> [UInt32] {
    var units: [UInt32] = []
    units.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      let (unit, length) = ScalarText.scalar(at: index, in: text)
      units.append(options.lowercases ? Lowercase.single(unit) ?? unit : unit)
      index += length
    }
    return units
  }

  /// What the next token begins with; nil at the end of the line.
  private func nextUnit(from start: Int, in line: Span<UInt8>) -> UInt32? {
    var index = start
    while index < line.count, line[index] == UInt8(ascii: " ") { index += 1 }
    guard index < line.count else { return nil }
    let unit = ScalarText.scalar(at: index, in: line).unit
    return options.lowercases ? Lowercase.single(unit) ?? unit : unit
  }

  @inline(__always)
  private func write(_ sign: UInt8, _ tokens: inout OutputSpan<UInt8>) {
    let entity = MosesEntities.entities[Int(sign)]
    guard options.escapes, !entity.isEmpty else { return tokens.append(sign) }
    for byte in entity { tokens.append(byte) }
  }

  // MARK: - Rules

  /// Whether normalizing exchanges a quote with the stop or comma beside it.
  private func isMovedQuote(at index: Int, in line: Span<UInt8>) -> Bool {
    guard line[index] == UInt8(ascii: "\""), options.normalizesPunctuation else { return false }
    let beside = options.language == .english ? index + 1 : index - 1
    guard beside >= 0, beside < line.count else { return false }
    return line[beside] == UInt8(ascii: ".") || line[beside] == UInt8(ascii: ",")
  }

  /// A comma is a token unless it stands between numbers.
  private func addComma(
    at index: Int, in line: Span<UInt8>, _ word: inout Int?, _ tokens: inout OutputSpan<UInt8>
  ) {
    let classes = PlainByte.classes
    if word != nil, classes[at: index - 1, in: line] == .digit,
      classes[at: index + 1, in: line] == .digit
    {
      return tokens.append(line[index])
    }
    begin(&word, at: index, &tokens)
    tokens.append(line[index])
    word = nil
  }

  /// A full stop or hyphen goes with what stands beside it.
  private func addJoint(
    _ byte: UInt8, at index: Int, in line: Span<UInt8>, _ word: inout Int?,
    _ tokens: inout OutputSpan<UInt8>
  ) {
    if byte == UInt8(ascii: "-"), options.splitsHyphens, word != nil,
      PlainByte.classes[at: index + 1, in: line].isAlphanumeric
    {
      for byte in " @-@".utf8 { tokens.append(byte) }
      word = nil
    } else {
      if word == nil { begin(&word, at: index, &tokens) }
      tokens.append(byte)
    }
  }

  /// Splits at an apostrophe as the language does; false where another apostrophe is too near, or the
  /// line ends.
  private func addApostrophe(
    at index: Int, in line: Span<UInt8>, _ word: inout Int?, _ tokens: inout OutputSpan<UInt8>
  ) -> Bool {
    guard nextUnit(from: index + 1, in: line) != nil, !hasApostrophe(before: index, in: line)
    else { return false }
    let classes = PlainByte.classes
    let next = classes[at: index + 1, in: line]
    let isBetweenLetters =
      word != nil && !(classes[at: index - 1, in: line] == .digit) && next.isLetter
    let isAfterNumber = word != nil && classes[at: index - 1, in: line] == .digit && next.isLetter
    var (splitsBefore, splitsAfter) = (true, true)
    switch options.language {
    case .english where isBetweenLetters: splitsAfter = false
    case .english where isAfterNumber:
      let isPlural = line[index + 1] | (options.lowercases ? 0x20 : 0) == UInt8(ascii: "s")
      (splitsBefore, splitsAfter) = (isPlural, false)
    case .french where isBetweenLetters: splitsBefore = false
    default: break
    }
    if splitsBefore || word == nil { begin(&word, at: index, &tokens) }
    write(line[index], &tokens)
    if splitsAfter { word = nil }
    return true
  }

  /// Whether an apostrophe before this one may have used up what stands between them.
  private func hasApostrophe(before index: Int, in line: Span<UInt8>) -> Bool {
    var end = index
    while end > 0, line[end - 1] == UInt8(ascii: " ") { end -= 1 }
    for position in max(0, end - 3)..<end where line[position] == UInt8(ascii: "'") { return true }
    return false
  }
}
