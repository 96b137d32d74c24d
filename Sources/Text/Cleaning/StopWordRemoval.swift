/// Removes the words of a list, and the white space after each.
///
/// Words are what white space separates, so punctuation should be removed before.
struct StopWordRemoval: CleaningRule {
  private let words: Set<String>

  init(_ words: Set<String>) { self.words = Set(words.map { $0.lowercased() }) }

  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    var index = 0
    while index < text.count {
      let start = index
      let end = skip(text, &index) { !$0.isWhiteSpace }
      _ = skip(text, &index, while: \.isWhiteSpace)
      let word = String(decoding: text[start..<end], as: UTF8.self)
      if start == end || !words.contains(word.lowercased()) {
        clean.append(contentsOf: text[start..<index])
      }
    }
  }

  /// The place after the scalars, from `index` on, for which `holds` is true.
  private func skip(
    _ text: [UInt8], _ index: inout Int, while holds: (Unicode.Scalar) -> Bool
  ) -> Int {
    while index < text.count {
      var next = index
      guard holds(nextScalar(text, &next)) else { break }
      index = next
    }
    return index
  }
}
