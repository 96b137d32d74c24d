/// How TER cuts a segment into words: Tercom's normaliser.
struct TERTokenizer: Hashable, Sendable {
  let normalizes: Bool
  let removesPunctuation: Bool
  let supportsAsian: Bool
  let isCaseSensitive: Bool

  /// The words of a hypothesis as hashes.
  func hashes(ofHypothesis text: String) -> [UInt64] {
    tokenized(Array(text.utf8)).map(hashOfBytes)
  }

  /// The words of a reference as hashes.
  ///
  /// sacreBLEU tokenises references twice, which splits a few more possessives; so does this.
  func hashes(ofReference text: String) -> [UInt64] {
    let once = tokenized(Array(text.utf8)).joined(separator: [.space])
    return tokenized(Array(once)).map(hashOfBytes)
  }

  private func tokenized(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
    var text = Words.trimmingEnd(text)
    if !isCaseSensitive { text = lowercased(String(decoding: text, as: UTF8.self)) }
    if normalizes {
      text = normalized(text)
      if supportsAsian { text = replacingAsian(in: text, where: isSetOff) { " \($0) " } }
    }
    if removesPunctuation {
      text.removeAll { Self.punctuation.contains($0) }
      if supportsAsian { text = replacingAsian(in: text, where: isAsianPunctuation) { _ in "" } }
    }
    return Words.split(text)
  }

  private static let punctuation = Set(".,?:;!\"()".utf8)

  private func normalized(_ line: [UInt8]) -> [UInt8] {
    guard !line.isEmpty else { return [] }
    var line = Punctuation.replacing("\n-", with: "", in: line)
    line = Punctuation.replacing("\n", with: " ", in: line)
    line = [.space] + Punctuation.decodingEntities(line) + [.space]
    line = Punctuation.settingSymbolsOff(line)
    line = Punctuation.replacing("'s ", with: " 's ", in: line)
    line = Punctuation.settingPointsOff(line)
    return Punctuation.settingDashesOff(line)
  }

  private func replacingAsian(
    in text: [UInt8], where isReplaced: (UInt32) -> Bool,
    by replacement: (Unicode.Scalar) -> String
  ) -> [UInt8] {
    var output = ""
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      output += isReplaced(scalar.value) ? replacement(scalar) : String(scalar)
    }
    return Array(output.utf8)
  }

  /// Ideographs, strokes, radicals and their compatibility forms are words of their own.
  ///
  /// The upper end 3F22 is sacreBLEU's.
  private func isSetOff(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x31C0...0x31EF, 0x2E80...0x2EFF, 0x3300...0x33FF,
      0xF900...0xFAFF, 0xFE30...0xFE4F, 0x3200...0x3F22:
      true
    default: isAsianPunctuation(scalar)
    }
  }

  private func isAsianPunctuation(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x3001, 0x3002, 0x3008...0x3011, 0x3014...0x301F, 0xFF61...0xFF65, 0x30FB, 0xFF0E, 0xFF0C,
      0xFF1F, 0xFF1A, 0xFF1B, 0xFF01, 0xFF02, 0xFF08, 0xFF09:
      true
    default: false
    }
  }
}
