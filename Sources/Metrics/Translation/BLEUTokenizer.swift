/// How BLEU cuts a segment into tokens, by sacreBLEU's names.
package enum BLEUTokenizer: String, CaseIterable, Hashable, Sendable {
  /// NIST's mteval-v13a: the figures papers report.
  case thirteenA = "13a"
  /// NIST's mteval-v14 with international tokenization: all punctuation and symbols of Unicode.
  case international = "intl"
  /// White space, for text that is already tokenised.
  case none
  /// Every character.
  case characters = "char"
  /// Chinese characters one by one, all else as by mteval.
  case chinese = "zh"

  /// The tokens of a segment as hashes.
  package func hashes(of text: Span<UInt8>) -> [UInt64] {
    if self == .thirteenA {
      var hashes: [UInt64] = []
      hashes.reserveCapacity(text.count / 4)
      if Self.appendPlainHashes(of: text, to: &hashes) { return hashes }
    }
    return hashes(ofAny: text)
  }

  /// The tokens of a segment that may hold anything, rule after rule.
  package func hashes(ofAny text: Span<UInt8>) -> [UInt64] {
    let text = Words.trimmingEnd(text.indices.map { text[$0] })
    switch self {
    case .none: return Words.hashes(text)
    case .thirteenA: return Words.hashes(thirteenA(text))
    case .international: return Words.hashes(international(text))
    case .characters:
      return String(decoding: Words.removingSpaces(text), as: UTF8.self).unicodeScalars
        .map { spread(UInt64($0.value) + 1) }
    case .chinese: return Words.hashes(chinese(text))
    }
  }

  private func chinese(_ text: [UInt8]) -> [UInt8] {
    var spaced = ""
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      spaced += isChinese(scalar.value) ? " \(scalar) " : String(scalar)
    }
    let line = Punctuation.settingSymbolsOff(Array(spaced.utf8))
    return Punctuation.settingDashesOff(Punctuation.settingPointsOff(line))
  }

  private func thirteenA(_ line: [UInt8]) -> [UInt8] {
    var line = Punctuation.replacing("<skipped>", with: "", in: line)
    line = Punctuation.replacing("-\n", with: "", in: line)
    line = Punctuation.replacing("\n", with: " ", in: line)
    line = [.space] + Punctuation.decodingEntities(line) + [.space]
    line = Punctuation.settingSymbolsOff(line)
    line = Punctuation.settingPointsOff(line)
    return Punctuation.settingDashesOff(line)
  }

  private func international(_ text: [UInt8]) -> [UInt8] {
    let space: Unicode.Scalar = " "
    var scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
    // Punctuation after what is no number, then punctuation before what is none.
    scalars = rewritten(scalars) { first, second in
      isNumber(first) || !isPunctuation(second) ? nil : [first, space, second, space]
    }
    scalars = rewritten(scalars) { first, second in
      isNumber(second) || !isPunctuation(first) ? nil : [space, first, space, second]
    }
    var output = ""
    for scalar in scalars {
      output += isSymbol(scalar) ? " \(scalar) " : String(scalar)
    }
    return Array(output.utf8)
  }
}

/// Replaces pairs of neighbours, not overlapping, where `replacement` gives something for them.
private func rewritten(
  _ scalars: [Unicode.Scalar],
  _ replacement: (Unicode.Scalar, Unicode.Scalar) -> [Unicode.Scalar]?
) -> [Unicode.Scalar] {
  var output: [Unicode.Scalar] = []
  output.reserveCapacity(scalars.count * 2)
  var i = 0
  while i < scalars.count {
    if i + 1 < scalars.count, let new = replacement(scalars[i], scalars[i + 1]) {
      output += new
      i += 2
    } else {
      output.append(scalars[i])
      i += 1
    }
  }
  return output
}

private func isNumber(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .decimalNumber, .letterNumber, .otherNumber: true
  default: false
  }
}

private func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
    .initialPunctuation, .finalPunctuation, .otherPunctuation:
    true
  default: false
  }
}

private func isSymbol(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: true
  default: false
  }
}

/// Whether sacreBLEU takes a character for a Chinese one.
///
/// Its two ranges of five digits are read by Python as of four digits and a character; so are they here.
private func isChinese(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x3400...0x4DB5, 0x4E00...0x9FBB, 0xF900...0xFA2D, 0xFA30...0xFA6A, 0xFA70...0xFAD9,
    0x2001...0x2A6D, 0x2F81...0x2FA1, 0xFF00...0xFFEF, 0x2E80...0x2EFF, 0x3000...0x303F,
    0x31C0...0x31EF, 0x2F00...0x2FDF, 0x2FF0...0x2FFF, 0x3100...0x312F, 0x31A0...0x31BF,
    0xFE10...0xFE1F, 0xFE30...0xFE4F, 0x3200...0x32FF, 0x3300...0x33FF:
    true
  default: false
  }
}
