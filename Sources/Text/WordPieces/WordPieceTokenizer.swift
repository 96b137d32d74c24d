/// Cuts text into the pieces of a vocabulary, as Hugging Face's BertTokenizerFast does.
///
/// Words are cut into the longest entries from their left; pieces after the first begin with `##`. A
/// word that has no such cut is `[UNK]`. Devlin et al., 2019; Wu et al., 2016, section 4.1.
package struct WordPieceTokenizer: Sendable {
  private let trie: PieceTrie
  private let specials: SpecialTokens
  private let longestWord: Int
  private let limit: PieceLimit?
  private var prepared: PreparedScalars
  /// The word that is being read, and how many scalars it has.
  private var word: [UInt8] = []
  private var wordLength = 0

  /// - Parameters:
  ///   - specials: tokens that are taken as such where a text has them.
  ///   - tokenLimit: the most tokens of a row, counted as `PieceLimit` does; nil for no limit.
  package init(
    _ entries: PieceEntries, _ rules: WordPieceRules = WordPieceRules(),
    specials: [[UInt8]] = PieceEntries.specials, tokenLimit: Int? = nil
  ) {
    trie = PieceTrie(entries.table)
    self.specials = SpecialTokens(specials)
    longestWord = rules.longestWord
    limit = tokenLimit.map(PieceLimit.init)
    prepared = PreparedScalars(rules)
  }

  /// Appends the pieces of a line with single spaces between them.
  package mutating func tokenize(_ line: Span<UInt8>, into output: inout [UInt8]) {
    let start = output.count
    var position = 0
    while let special = specials.first(in: line, from: position) {
      cut(line.extracting(position..<special.lowerBound), from: start, into: &output)
      if output.count > start { output.append(UInt8(ascii: " ")) }
      for index in special { output.append(line[index]) }
      position = special.upperBound
    }
    cut(line.extracting(position...), from: start, into: &output)
    limit?.apply(to: &output, from: start)
  }

  /// - Parameter start: where the pieces of the line begin in the output.
  private mutating func cut(_ text: Span<UInt8>, from start: Int, into output: inout [UInt8]) {
    for unit in ScalarText(text).units {
      let scalar = prepared[unit]
      switch scalar.role {
      case .dropped: continue
      case .blank: endWord(from: start, into: &output)
      case .inWord:
        scalar.append(to: &word)
        wordLength += scalar.scalarCount
      case .alone:
        endWord(from: start, into: &output)
        scalar.append(to: &word)
        wordLength = scalar.scalarCount
        endWord(from: start, into: &output)
      }
    }
    endWord(from: start, into: &output)
  }

  private mutating func endWord(from start: Int, into output: inout [UInt8]) {
    guard !word.isEmpty else { return }
    if output.count > start { output.append(UInt8(ascii: " ")) }
    let before = output.count
    if wordLength > longestWord || !appendPieces(to: &output) {
      output.removeSubrange(before...)
      output.append(contentsOf: PieceEntries.unknown)
    }
    word.removeAll(keepingCapacity: true)
    wordLength = 0
  }

  /// Appends the pieces of the word; false when one of its parts is no entry.
  private func appendPieces(to output: inout [UInt8]) -> Bool {
    var position = 0
    while position < word.count {
      guard let end = trie.longestEntry(in: word, from: position) else { return false }
      if position > 0 {
        output.append(UInt8(ascii: " "))
        output.append(contentsOf: PieceTrie.continuation)
      }
      output.append(contentsOf: word[position..<end])
      position = end
    }
    return true
  }
}
