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

  /// The tokens of a segment as hashes.
  func hashes(of text: [UInt8]) -> [UInt64] {
    let text = Words.trimmingEnd(text)
    switch self {
    case .none: return Words.hashes(text)
    case .thirteenA: return Words.hashes(thirteenA(text))
    case .international: return Words.hashes(international(text))
    case .characters:
      return String(decoding: Words.removingSpaces(text), as: UTF8.self).unicodeScalars
        .map { spread(UInt64($0.value) + 1) }
    }
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
