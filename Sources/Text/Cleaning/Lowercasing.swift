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
    let text = text.span
    // Two bytes before a block are looked at with it.
    var index = 0
    appendScalars(of: text, &index, upTo: 2, to: &clean)
    while index < text.count {
      appendBlocks(of: text, &index, to: &clean)
      appendScalars(of: text, &index, upTo: index + 32, to: &clean)
    }
  }

  /// Appends the lower case of blocks, as long as they have nothing but usual letters, and moves behind.
  private func appendBlocks(of text: Span<UInt8>, _ index: inout Int, to clean: inout [UInt8]) {
    // The byte behind a block is looked at with it.
    let (start, lastStart) = (index, text.count - 33)
    guard start >= 2, start <= lastStart else { return }
    var isUsual = true
    clean.append(addingCapacity: text.count - index) { output in
      while index <= lastStart, isUsual {
        if let lower = lowercased(text, at: index) {
          output.append(lower)
          index += 32
        } else {
          isUsual = false
        }
      }
    }
    // The last block begins before bytes that were taken.
    if isUsual, index < text.count - 1, let lower = lowercased(text, at: lastStart) {
      clean.removeLast(index - lastStart)
      clean.append(addingCapacity: 32) { $0.append(lower) }
      index = text.count - 1
    }
    // A scalar that goes on is taken as a whole.
    while index > start, text[index] & 0xC0 == 0x80 {
      clean.removeLast()
      index -= 1
    }
  }

  /// The lower case of a block, of which nil when there is more than usual letters.
  @inline(__always)
  private func lowercased(_ text: Span<UInt8>, at index: Int) -> ByteBlock? {
    let (before, twoBefore) = (text.block(at: index - 1), text.block(at: index - 2))
    return text.block(at: index).lowercased(
      behind: before, twoBefore, before: text.block(at: index + 1))
  }

  /// Appends the lower case of scalars one by one, and moves behind the first that ends at `end` or later.
  private func appendScalars(
    of text: Span<UInt8>, _ index: inout Int, upTo end: Int, to clean: inout [UInt8]
  ) {
    let end = min(end, text.count)
    let first = clean.count
    let tabled = Self.tabled.span
    while index < end {
      let ascii = min(end, text.first(from: index) { $0.isIn(0x80...0xFF) })
      clean.append(copying: text.extracting(index..<ascii))
      index = ascii
      guard index < end else { break }
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
  private func followsCased(_ text: Span<UInt8>, _ index: Int) -> Bool {
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
  private func precedesCased(_ text: Span<UInt8>, _ index: Int) -> Bool {
    var next = index
    while next < text.count {
      let properties = nextScalar(text, &next).properties
      if !properties.isCaseIgnorable { return properties.isCased }
    }
    return false
  }
}
