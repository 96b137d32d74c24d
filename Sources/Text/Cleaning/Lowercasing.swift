/// Full Unicode lower-casing, with the final form of sigma (Unicode 3.13, SpecialCasing).
struct Lowercasing: CleaningRule {
  /// What one scalar below U+2100 becomes; 0 where it is several scalars, or depends on its neighbours.
  ///
  /// The scripts of Europe and general punctuation; a look-up in Unicode's own data takes much longer.
  private static let tabled: [UInt16] = (0..<0x2100).map { value in
    guard let scalar = Unicode.Scalar(UInt32(value)), scalar != sigma else { return 0 }
    let lower = scalar.properties.lowercaseMapping.unicodeScalars
    return lower.count == 1 ? lower.first.flatMap { UInt16(exactly: $0.value) } ?? 0 : 0
  }

  private static let sigma: Unicode.Scalar = "\u{3A3}"

  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    let first = clean.count
    let tabled = Self.tabled.span
    var index = 0
    while index < text.count {
      let end = text.span.first(from: index) { $0.isIn(0x80...0xFF) }
      clean.append(copying: text.span.extracting(index..<end))
      index = end
      guard index < text.count else { break }
      let start = index
      let scalar = nextScalar(text, &index)
      if scalar.value < tabled.count, tabled[Int(scalar.value)] != 0 {
        appendUTF8(UInt32(tabled[Int(scalar.value)]), to: &clean)
      } else if scalar == Self.sigma {
        let isFinal = followsCased(text, start) && !precedesCased(text, index)
        clean.append(contentsOf: (isFinal ? "\u{3C2}" : "\u{3C3}").utf8)
      } else {
        clean.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
      }
    }
    var letters = clean.mutableSpan
    for index in first..<letters.count {
      let byte = letters[index]
      letters[index] = byte &- 0x41 < 26 ? byte | 0x20 : byte
    }
  }

  /// Whether a cased letter stands before `index`, with none but case-ignorable scalars between.
  private func followsCased(_ text: [UInt8], _ index: Int) -> Bool {
    var end = index
    while end > 0 {
      var start = end - 1
      while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
      var next = start
      let properties = nextScalar(text, &next).properties
      if !properties.isCaseIgnorable { return properties.isCased }
      end = start
    }
    return false
  }

  /// Whether a cased letter stands from `index` on, with none but case-ignorable scalars between.
  private func precedesCased(_ text: [UInt8], _ index: Int) -> Bool {
    var next = index
    while next < text.count {
      let properties = nextScalar(text, &next).properties
      if !properties.isCaseIgnorable { return properties.isCased }
    }
    return false
  }
}
