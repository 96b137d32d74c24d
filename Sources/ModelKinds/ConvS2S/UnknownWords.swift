import Chains
import Diagnostics
import Models
import Text

/// A dictionary for unknown words; words of the source that are not in it are copied.
package struct UnknownDictionary: Sendable {
  private var words: [String: String] = [:]

  package init() {}

  /// - Parameter file: lines with a word of the source, blanks, and its translation.
  /// - Throws: at a malformed line.
  package init(_ file: SideFile) throws(Diagnostic) {
    for line in file.lines {
      let parts = line.text.split(whereSeparator: \.isWhitespace)
      guard let word = parts.first else { continue }
      guard parts.count > 1 else {
        throw Diagnostic(.noReplacement(String(word)), at: file.place(of: line))
      }
      words[String(word)] = parts[1...].joined(separator: " ")
    }
  }

  package subscript(word: String) -> String { words[word] ?? word }
}

/// Replaces unknown words of translations by words of the source, or their translations.
struct UnknownWords: Sendable {
  private let dictionary: UnknownDictionary
  private let sourceSeparator: String?
  private let targetSeparator: String?

  init(source: TextChain, target: TextChain, _ dictionary: UnknownDictionary) {
    sourceSeparator = source.separator
    targetSeparator = target.separator
    self.dictionary = dictionary
  }

  /// The pieces of a translation, in which each word with an unknown piece is replaced by the source
  /// word that the piece attended to most.
  ///
  /// - Parameter unknown: the places of the unknown pieces.
  func replaced(
    _ pieces: [String], where unknown: Set<Int>, _ hypothesis: Hypothesis, source: [String]
  ) -> [String] {
    guard !unknown.isEmpty, !source.isEmpty else { return pieces }
    var result: [String] = []
    var word: [String] = []
    var replacement: String?
    for (place, piece) in pieces.enumerated() {
      word.append(piece)
      if unknown.contains(place) {
        let looked = hypothesis.alignment(of: place, among: source.count)
        replacement = Self.word(of: looked, in: source, sourceSeparator)
      }
      if place + 1 == pieces.count || !Self.goesOn(piece, targetSeparator) {
        result += replacement.map { [dictionary[$0]] } ?? word
        (word, replacement) = ([], nil)
      }
    }
    return result
  }

  /// The whole word that a piece is part of.
  private static func word(of place: Int, in pieces: [String], _ separator: String?) -> String {
    var first = place
    while first > 0, goesOn(pieces[first - 1], separator) { first -= 1 }
    var last = place
    while last + 1 < pieces.count, goesOn(pieces[last], separator) { last += 1 }
    return pieces[first...last].map { piece in
      goesOn(piece, separator) ? String(piece.dropLast(separator?.count ?? 0)) : piece
    }.joined()
  }

  private static func goesOn(_ piece: String, _ separator: String?) -> Bool {
    guard let separator, !separator.isEmpty else { return false }
    return piece.hasSuffix(separator)
  }
}

extension Diagnostic.Message {
  fileprivate static func noReplacement(_ word: String) -> Self {
    Self("the dictionary says nothing for '\(word)'", remedy: "put what it becomes behind it")
  }
}
