import Diagnostics

/// Cuts words into subwords by byte-pair merges, as subword-nmt's `apply-bpe` does.
///
/// Words stand between single spaces; all pieces of a word but the last end in the separator.
package struct BPEEncoder: Sendable {
  package struct Options: Sendable {
    /// What marks a piece that the next one continues.
    package var separator = "@@"
    /// Only these merges, counted from the first; all when nil.
    package var merges: Int?
    /// Pieces, with their separator, that are not split back; nil allows all.
    package var vocabulary: TokenTable?
    /// Regular expressions of what is cut out of words and never split.
    package var glossaries: [String] = []
    /// Drops merges at random, for training data only: Provilkov et al., 2019.
    package var dropout: Dropout?

    package init() {}
  }

  /// The probability that a possible merge is skipped at a step, and the seed of the random numbers.
  package struct Dropout: Sendable, Hashable {
    package var probability: Double
    package var seed: UInt64

    package init(probability: Double, seed: UInt64) {
      self.probability = probability
      self.seed = seed
    }
  }

  /// The pieces of words seen before, one cache for each thread.
  ///
  /// Results do not depend on it.
  package struct Cache: Sendable {
    fileprivate var words = TokenTable()
    fileprivate var pieces: [UInt8] = []
    fileprivate var ends: [Int] = [0]

    package init() {}
  }

  /// When a cache has more words or bytes than this it is emptied.
  private static let cacheLimit = (words: 1 << 17, bytes: 1 << 24)

  private let segmenter: WordSegmenter
  private let splitter: SubwordSplitter?
  private let glossaries: Glossaries?
  private let separator: [UInt8]
  private let dropout: Dropout?

  /// - Throws: when a glossary is not a regular expression.
  package init(_ merges: Merges, _ options: Options = Options()) throws(Diagnostic) {
    var merges = merges
    if let limit = options.merges { merges.merges = Array(merges.merges.prefix(max(0, limit))) }
    separator = Array(options.separator.utf8)
    dropout = options.dropout.flatMap { $0.probability > 0 ? $0 : nil }
    segmenter = WordSegmenter(merges)
    let separator = separator
    splitter = options.vocabulary.map { SubwordSplitter(merges, $0, separator: separator) }
    glossaries = options.glossaries.isEmpty ? nil : try Glossaries(options.glossaries)
  }

  /// Appends a line of pieces, the white space at its ends kept.
  ///
  /// - Parameter row: the line's number, which together with the seed decides what dropout drops.
  package func encode(
    _ line: Span<UInt8>, row: Int = 0, into output: inout [UInt8], cache: inout Cache
  ) {
    let edges = line.edges
    for index in 0..<edges.lowerBound { output.append(line[index]) }
    var random = dropout.map { DropoutSource($0, row: row) }
    var isFirst = true
    line.forEachWord { start, end in
      if !isFirst { output.append(UInt8(ascii: " ")) }
      isFirst = false
      encode(word: line.extracting(start..<end), into: &output, &cache, &random)
    }
    for index in edges.upperBound..<line.count where !edges.isEmpty { output.append(line[index]) }
  }

  /// Appends a line of pieces.
  package func encode(_ line: Span<UInt8>, row: Int = 0, into output: inout [UInt8]) {
    var cache = Cache()
    encode(line, row: row, into: &output, cache: &cache)
  }

  private func encode(
    word: Span<UInt8>, into output: inout [UInt8], _ cache: inout Cache,
    _ random: inout DropoutSource?
  ) {
    guard random == nil else { return write(pieces(of: word, &random), to: &output) }
    let known = cache.words.id(of: word)
    if let known {
      output.append(contentsOf: cache.pieces[cache.ends[known]..<cache.ends[known + 1]])
      return
    }
    let start = output.count
    write(pieces(of: word, &random), to: &output)
    if cache.words.count >= Self.cacheLimit.words || cache.pieces.count >= Self.cacheLimit.bytes {
      cache = Cache()
    }
    cache.words.insert(word)
    cache.pieces.append(contentsOf: output[start...])
    cache.ends.append(cache.pieces.count)
  }

  private func pieces(of word: Span<UInt8>, _ random: inout DropoutSource?) -> [[UInt8]] {
    guard let glossaries else { return split(Array(word), &random) }
    return glossaries.isolate(Array(word)).flatMap { part, isGlossary in
      isGlossary ? [part] : split(part, &random)
    }
  }

  private func split(_ word: [UInt8], _ random: inout DropoutSource?) -> [[UInt8]] {
    if ScalarText.scalarLength(at: 0, in: word.span) == word.count { return [word] }
    let pieces = segmenter.segment(word, dropping: &random)
    return splitter?.split(pieces) ?? pieces
  }

  /// The pieces, cut so that the last one does not end in the separator.
  private func withPlainEnd(_ pieces: [[UInt8]]) -> [[UInt8]] {
    guard let last = pieces.last, !separator.isEmpty, last.count > 1,
      last.suffix(separator.count) == separator[...]
    else { return pieces }
    var start = last.count - 1
    while start > 0, last[start] & 0xC0 == 0x80 { start -= 1 }
    guard start > 0 else { return pieces }
    return pieces.dropLast() + [Array(last[..<start]), Array(last[start...])]
  }

  private func write(_ pieces: [[UInt8]], to output: inout [UInt8]) {
    let ended = withPlainEnd(pieces)
    for (index, piece) in ended.enumerated() {
      if index > 0 { output.append(UInt8(ascii: " ")) }
      output.append(contentsOf: piece)
      if index + 1 < ended.count { output.append(contentsOf: separator) }
    }
  }
}

extension Array where Element == UInt8 {
  fileprivate init(_ span: Span<UInt8>) {
    self.init()
    reserveCapacity(span.count)
    for index in span.indices { append(span[index]) }
  }
}
