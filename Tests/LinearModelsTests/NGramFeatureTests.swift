import Glibc
import LinearModels
import Testing

@Suite struct NGramFeatureTests {
  /// a b a · b c, as numbers.
  private static let rows = TokenLists([[0, 1, 0], [1, 2]])

  private static func names(_ vocabulary: NGramVocabulary) -> [String] {
    (0..<vocabulary.count).map { number in
      (vocabulary.ids(of: number) ?? []).map { "abcdef".map(String.init)[Int($0)] }.joined()
    }
  }

  @Test(arguments: [
    (NGramVocabulary.Limits(lengths: 1...1), ["a", "b", "c"]),
    (.init(lengths: 1...2), ["a", "b", "c", "ab", "ba", "bc"]),
    (.init(lengths: 2...2), ["ab", "ba", "bc"]),
    (.init(lengths: 2...3), ["ab", "ba", "bc", "aba"]),
    (.init(lengths: 1...2, minimumCount: 2), ["b"]),
    (.init(lengths: 1...2, size: 3), ["a", "b", "c"]),
    (.init(lengths: 2...2, size: 1), ["ab"]),
  ])
  func `n-grams are kept by length, rows and number, the most frequent first`(
    _ limits: NGramVocabulary.Limits, _ expected: [String]
  ) {
    #expect(Self.names(NGramVocabulary(of: Self.rows, limits)) == expected)
  }

  @Test func `no n-gram reaches over a token that is left out`() {
    let rows = TokenLists([[0, 1, TokenLists.leftOut, 0, 1]])
    let vocabulary = NGramVocabulary(of: rows, .init(lengths: 1...3))
    #expect(Self.names(vocabulary) == ["a", "b", "ab"])
    let features = NGramFeatures(.vocabulary(vocabulary), .presence)
    let row: [Int32] = [1, TokenLists.leftOut, 0]
    #expect(features.features(of: row.span).map(\.feature) == [0, 1])
  }

  @Test func `counts become logarithms, are weighed by rarity and scaled to length 1`() {
    let vocabulary = NGramVocabulary(of: Self.rows, .init(lengths: 1...1))
    let features = NGramFeatures.tfidf(
      of: Self.rows, .vocabulary(vocabulary), isSublinear: true, usesIDF: true, cores: 1
    ).features
    let row = features.features(of: [0, 1, 0, 5].span)
    let a = (1 + log(2.0)) * (log(3.0 / 2) + 1)
    let norm = (a * a + 1).squareRoot()
    #expect(row.map(\.feature) == [0, 1])
    #expect(abs(row[0].value - a / norm) < 1e-12)
    #expect(abs(row[1].value - 1 / norm) < 1e-12)
    let plain = NGramFeatures.tfidf(
      of: Self.rows, .vocabulary(vocabulary), isSublinear: false, usesIDF: false, cores: 1
    ).features
    #expect(abs(plain.features(of: [0, 1, 0].span)[0].value - 2 / 5.0.squareRoot()) < 1e-12)
  }

  @Test func `rows that features are learnt from have the values that the features give them`() {
    let vocabulary = NGramVocabulary(of: Self.rows, .init(lengths: 1...2))
    let (features, matrix) = NGramFeatures.tfidf(
      of: Self.rows, .vocabulary(vocabulary), isSublinear: true, usesIDF: true, cores: 2)
    #expect(matrix.count == Self.rows.count)
    for row in 0..<matrix.count {
      let own = features.features(of: Self.rows.row(row).span)
      #expect(matrix.range(ofRow: row).map { matrix.columns[$0] } == own.map(\.feature))
      #expect(matrix.range(ofRow: row).map { matrix.values[$0] } == own.map(\.value))
    }
  }

  @Test(arguments: [1, 3, 700, 5_000])
  func `rows that are counted and weighed part by part give what all at once give`(_ size: Int) {
    let ids = (0..<3_000).map { row in (0..<row % 7).map { Int32((row &* 31 &+ $0 &* $0) % 19) } }
    let rows = TokenLists(ids)
    let index = NGramFeatures.Index.hashing(NGramHashing(lengths: 1...2, bucketCount: 64))
    let (whole, matrix) = NGramFeatures.tfidf(
      of: rows, index, isSublinear: true, usesIDF: true, cores: 2)
    let parts = stride(from: 0, to: ids.count, by: size).map { start in
      TokenLists(Array(ids[start..<min(start + size, ids.count)]))
    }
    var counts = FeatureRowCounts(of: index)
    for part in parts { counts.add(part, cores: 2) }
    #expect(counts.counts == matrix.columnCounts && counts.rowCount == rows.count)
    #expect(counts.entryCount == matrix.columns.count)
    let features = counts.tfidf(isSublinear: true, usesIDF: true)
    var joined = SparseRows(columnCount: features.count)
    for part in parts { joined.append(features.matrix(of: part, cores: 2)) }
    #expect(joined.columns == matrix.columns && joined.values == matrix.values)
    #expect(joined.offsets == matrix.offsets)
    #expect(
      whole.features(of: rows.row(6).span).map(\.value)
        == features.features(of: rows.row(6).span).map(\.value))
  }

  @Test func `a row of nothing known has no features`() {
    let vocabulary = NGramVocabulary(of: Self.rows, .init(lengths: 1...2))
    let features = NGramFeatures.tfidf(
      of: Self.rows, .vocabulary(vocabulary), isSublinear: true, usesIDF: true, cores: 1
    ).features
    for row in [[], [TokenLists.leftOut], [9]] as [[Int32]] {
      #expect(features.features(of: row.span).isEmpty)
    }
  }

  @Test func `hashed n-grams fall into the buckets, equal ones into the same`() {
    let features = NGramFeatures(
      .hashing(NGramHashing(lengths: 1...2, bucketCount: 1 << 20)), .presence)
    func buckets(_ row: [Int32]) -> [Int32] { features.features(of: row.span).map(\.feature) }
    #expect(buckets([7, 8, 7, 8]).count == 4)
    #expect(Set(buckets([7, 8])).isSubset(of: buckets([7, 8, 7])))
    #expect(buckets([7, 8]) != buckets([8, 7]))
    #expect(buckets([7, 8, TokenLists.leftOut]) == buckets([7, 8]))
    let few = NGramFeatures(.hashing(NGramHashing(lengths: 1...3, bucketCount: 2)), .presence)
    #expect(few.features(of: Array(0..<100).span).map(\.feature) == [0, 1])
  }

  @Test func `a vocabulary is read back from its n-grams, and damage is noticed`() throws {
    let vocabulary = NGramVocabulary(of: Self.rows, .init(lengths: 2...3))
    let (prefixes, tokens) = (vocabulary.prefixes, vocabulary.tokens)
    func read(_ prefixes: [Int32], _ tokens: [Int32], count: Int = 4) -> NGramVocabulary? {
      NGramVocabulary(lengths: 2...3, count: count, prefixes: prefixes, tokens: tokens)
    }
    let again = try #require(read(prefixes, tokens))
    #expect(Self.names(again) == Self.names(vocabulary))
    #expect(read(prefixes, Array(tokens.dropLast())) == nil)
    #expect(read(prefixes, tokens, count: prefixes.count + 1) == nil)
    #expect(read(prefixes, tokens, count: -1) == nil)
    #expect(read(prefixes.map { $0 + 50 }, tokens) == nil)
    #expect(read(prefixes.indices.map { Int32($0) }, tokens) == nil)
    #expect(read(prefixes.map { _ in -1 }, tokens.map { _ in 3 }) == nil)
    #expect(read(prefixes, tokens.map { -1 - $0 }) == nil)
  }
}
