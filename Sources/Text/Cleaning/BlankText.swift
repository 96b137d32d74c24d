/// Blank text: white space and invisible characters.
extension Unicode.Scalar {
  /// Whether it shows nothing: white space, a control character, or a format character such as the
  /// zero-width space.
  var isInvisible: Bool {
    if value < 0x80 { return value <= 0x20 || value == 0x7F }
    if isWhiteSpace || properties.isDefaultIgnorableCodePoint { return true }
    return properties.generalCategory == .control || properties.generalCategory == .format
  }

  /// Whether it is a blank at the end of a word: white space of any kind, zero-width space too.
  var isEdgeBlank: Bool {
    isWhiteSpace || value == 0x200B || value == 0x2060 || value == 0xFEFF
  }
}

extension String {
  /// Whether the text holds nothing but white space and invisible characters.
  package var isBlank: Bool { unicodeScalars.allSatisfy(\.isInvisible) }

  /// The text without the blanks at its ends, by which class names do not differ.
  package var withoutEdgeBlanks: String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.isEdgeBlank }),
      let last = scalars.lastIndex(where: { !$0.isEdgeBlank })
    else { return "" }
    return String(scalars[first...last])
  }
}

extension Span<UInt8> {
  /// Whether the text holds nothing but white space and invisible characters.
  package var isBlank: Bool {
    var index = 0
    while index < count {
      if self[index] < 0x80 {
        guard self[index] <= 0x20 || self[index] == 0x7F else { return false }
        index += 1
      } else {
        let length = ScalarText.scalarLength(at: index, in: self)
        var bytes: [UInt8] = []
        for offset in index..<index + length { bytes.append(self[offset]) }
        guard String(decoding: bytes, as: UTF8.self).isBlank else { return false }
        index += length
      }
    }
    return true
  }
}
