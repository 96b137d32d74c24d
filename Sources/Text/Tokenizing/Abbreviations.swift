import Diagnostics

/// Words whose full stop belongs to them: Moses's non-breaking prefixes.
package struct Abbreviations: Sendable, Hashable {
  /// When the full stop after the word is no token of its own.
  package enum Kind: Sendable, Hashable {
    case always
    /// Only before a word that begins with a digit, as in `No. 5`.
    case beforeNumber
  }

  private var kinds: [[UInt32]: Kind] = [:]
  private var longest = 0

  init(always: [String], beforeNumber: [String] = []) {
    for word in always { insert(word, .always) }
    for word in beforeNumber { insert(word, .beforeNumber) }
  }

  /// Those of a language, without single words that the rules keep whole anyhow, such as `z.B`.
  package static func of(_ language: MosesLanguage) -> Abbreviations {
    switch language {
    case .english: english
    case .german: german
    case .french: french
    }
  }

  /// Every word with its kind, in the order of their scalars.
  package var entries: [(word: String, kind: Kind)] {
    kinds.map { units, kind in
      (String(String.UnicodeScalarView(units.compactMap(Unicode.Scalar.init))), kind)
    }
    .sorted { $0.word.unicodeScalars.lexicographicallyPrecedes($1.word.unicodeScalars) }
  }

  func kind(of word: Span<UInt32>) -> Kind? {
    guard word.count <= longest else { return nil }
    var units: [UInt32] = []
    for index in word.indices { units.append(word[index]) }
    return kinds[units]
  }

  private mutating func insert(_ word: String, _ kind: Kind) {
    let units = word.unicodeScalars.map(\.value)
    kinds[units] = kind
    longest = max(longest, units.count)
  }
}

extension Abbreviations {
  /// Reads Moses's format: a word a line, `#` begins a comment line, `word #NUMERIC_ONLY#`.
  ///
  /// - Throws: when a word is longer than 1,000 bytes or the text is not UTF-8, with its line.
  package init(parsing text: Span<UInt8>, file: String) throws(Diagnostic) {
    self.init(always: [])
    var number = 0
    var start = 0
    while start < text.count {
      number += 1
      var end = start
      while end < text.count, text[end] != UInt8(ascii: "\n") { end += 1 }
      try insert(line: text.extracting(start..<end), at: Place(file: file, line: number))
      start = end + 1
    }
  }

  private mutating func insert(line: Span<UInt8>, at place: Place) throws(Diagnostic) {
    guard line.count <= 1000 else { throw Diagnostic(.abbreviationTooLong, at: place) }
    var bytes: [UInt8] = []
    for index in line.indices { bytes.append(line[index]) }
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    guard let word = String(validating: bytes, as: UTF8.self) else {
      throw Diagnostic(.abbreviationNotUTF8, at: place)
    }
    guard !word.isEmpty, word != "0", !word.hasPrefix("#") else { return }
    let marker = word.ranges(of: "#NUMERIC_ONLY#").last
    let stem = marker.map { word[..<$0.lowerBound] }
    if let stem, let last = stem.last, last.isWhitespace {
      insert(String(stem.dropLast()), .beforeNumber)
    } else {
      insert(word, .always)
    }
  }
}

extension Diagnostic.Message {
  static let abbreviationTooLong = Self(
    "a line of more than 1,000 bytes is no abbreviation", remedy: "put one word on each line")
  static let abbreviationNotUTF8 = Self(
    "the line is not UTF-8", remedy: "convert the file: iconv -t UTF-8")
}
