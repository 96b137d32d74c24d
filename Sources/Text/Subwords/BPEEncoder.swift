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
    /// Memory for the word under way, and where its pieces end.
    fileprivate var draft = WordSegmenter.Draft()
    fileprivate var cuts: [Int] = []

    package init() {}

    fileprivate mutating func removeAll() {
      words.removeAll()
      pieces.removeAll(keepingCapacity: true)
      ends = [0]
    }
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
    output.append(copying: line.extracting(0..<edges.lowerBound))
    var random = dropout.map { DropoutSource($0, row: row) }
    var isFirst = true
    line.forEachWord { start, end in
      if !isFirst { output.append(UInt8(ascii: " ")) }
      isFirst = false
      encode(word: line.extracting(start..<end), into: &output, &cache, &random)
    }
    if !edges.isEmpty { output.append(copying: line.extracting(edges.upperBound..<line.count)) }
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
    guard random == nil else {
      cut(word, &cache, &random)
      return write(word, cutAt: cache.cuts, to: &output)
    }
    if let known = cache.words.id(of: word) {
      let pieces = cache.pieces.span.extracting(cache.ends[known]..<cache.ends[known + 1])
      return output.append(copying: pieces)
    }
    let start = output.count
    cut(word, &cache, &random)
    write(word, cutAt: cache.cuts, to: &output)
    if cache.words.count >= Self.cacheLimit.words || cache.pieces.count >= Self.cacheLimit.bytes {
      cache.removeAll()
    }
    cache.words.insert(word)
    cache.pieces.append(copying: output.span.extracting(start..<output.count))
    cache.ends.append(cache.pieces.count)
  }

  /// Finds where the pieces of a word end.
  private func cut(
    _ word: Span<UInt8>, _ cache: inout Cache, _ random: inout DropoutSource?
  ) {
    cache.cuts.removeAll(keepingCapacity: true)
    guard let glossaries else { return cut(word, 0..<word.count, &cache, &random) }
    var start = 0
    for (part, isGlossary) in glossaries.isolate(Array(word)) {
      let end = start + part.count
      if isGlossary { cache.cuts.append(end) } else { cut(word, start..<end, &cache, &random) }
      start = end
    }
  }

  /// Finds where the pieces of a part of a word end.
  private func cut(
    _ word: Span<UInt8>, _ part: Range<Int>, _ cache: inout Cache, _ random: inout DropoutSource?
  ) {
    if !part.isEmpty, ScalarText.scalarLength(at: part.lowerBound, in: word) == part.count {
      return cache.cuts.append(part.upperBound)
    }
    let first = cache.cuts.count
    segmenter.segment(
      word.extracting(part), from: part.lowerBound, into: &cache.cuts, using: &cache.draft,
      dropping: &random)
    guard let splitter else { return }
    let cuts = splitter.split(cache.cuts[first...], of: word, from: part.lowerBound)
    cache.cuts.replaceSubrange(first..., with: cuts)
  }

  /// Where the last piece is to be cut once more, so that the word does not end in the separator.
  private func lastCut(of word: Span<UInt8>, from start: Int) -> Int? {
    let tail = separator.count
    guard tail > 0, word.count - start > 1, word.count - start >= tail,
      separator.indices.allSatisfy({ word[word.count - tail + $0] == separator[$0] })
    else { return nil }
    var cut = word.count - 1
    while cut > start, word[cut] & 0xC0 == 0x80 { cut -= 1 }
    return cut > start ? cut : nil
  }

  private func write(_ word: Span<UInt8>, cutAt cuts: [Int], to output: inout [UInt8]) {
    var start = 0
    for cut in cuts.dropLast() {
      write(word.extracting(start..<cut), to: &output)
      start = cut
    }
    if let cut = lastCut(of: word, from: start) {
      write(word.extracting(start..<cut), to: &output)
      start = cut
    }
    output.append(copying: word.extracting(start..<word.count))
  }

  /// Appends a piece that another one follows.
  private func write(_ piece: Span<UInt8>, to output: inout [UInt8]) {
    output.append(copying: piece)
    output.append(copying: separator.span)
    output.append(UInt8(ascii: " "))
  }
}

extension Array where Element == UInt8 {
  fileprivate init(_ span: Span<UInt8>) {
    self.init()
    append(copying: span)
  }
}
