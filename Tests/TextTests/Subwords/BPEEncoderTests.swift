import Diagnostics
import Fixtures
import Testing
import Text

struct BPEEncoderTests {
  private let golden = merges(
    "s t</w>|e st</w>|l o|w est</w>|n e|ne west</w>|lo w</w>|a a|w i|wi d|wid est</w>|w e")

  @Test(arguments: [
    (
      "lowest newer aaaaa lower xyz",
      "lo@@ west ne@@ we@@ r aa@@ aa@@ a lo@@ we@@ r x@@ y@@ z"
    ),
    ("  low  a \r", "  low a \r"),
    ("   ", "   "),
    ("", ""),
    ("é\u{301}x", "é@@ \u{301}@@ x"),
  ])
  func `golden lines come out in pieces, the white space at the ends kept`(
    row: (line: String, pieces: String)
  ) throws {
    #expect(try encode(row.line, golden) == row.pieces)
  }

  @Test func `version 0.1 has the end of a word as a symbol of its own`() throws {
    let old = Self.merges("a b|ab </w>|c </w>", version: .separateWordEnd)
    #expect(try encode("ab abc cab", old) == "ab ab@@ c c@@ ab")
  }

  @Test func `the separator is free and only the first merges may be used`() throws {
    var options = BPEEncoder.Options()
    options.separator = "￭"
    #expect(try encode("lowest", golden, options) == "lo￭ west")
    options.merges = 3
    #expect(try encode("lowest", golden, options) == "lo￭ w￭ est")
    options.merges = 0
    #expect(try encode("low", golden, options) == "l￭ o￭ w")
  }

  @Test func `pieces outside the vocabulary are split back`() throws {
    var options = BPEEncoder.Options()
    options.vocabulary = TokenTable(["lo@@", "w", "est", "a@@"].map { Array($0.utf8) })
    #expect(try encode("low lowest aaa", golden, options) == "lo@@ w lo@@ w@@ est a@@ a@@ a")
  }

  @Test func `a word that ends in the separator does not read like a piece that goes on`() throws {
    let merges = Self.merges("@ @</w>|@ @|n o|no @@</w>")
    let line = "the diff @@ -1 +1 @@ no@@ @@@"
    let pieces = try encode(line, merges)
    #expect(pieces.hasSuffix(" no@@@ @ @@@ @@@ @"))
    var text: [UInt8] = []
    SubwordJoiner().join(Array(pieces.utf8).span, into: &text)
    #expect(String(decoding: text, as: UTF8.self) == line)
  }

  @Test func `glossaries are cut out of words and never split`() throws {
    var options = BPEEncoder.Options()
    options.glossaries = ["west", "[0-9]+"]
    #expect(
      try encode("lowest 1990low lo1", golden, options) == "l@@ o@@ west 1990@@ low l@@ o@@ 1")
    options.glossaries = ["["]
    #expect(throws: Diagnostic.self) { try BPEEncoder(golden, options) }
  }

  @Test func `dropout depends on seed and row alone, and joins back to the text`() throws {
    var options = BPEEncoder.Options()
    options.dropout = .init(probability: 0.5, seed: 1)
    let line = "lowest newest widest lowest"
    let encoder = try BPEEncoder(golden, options)
    let rows = (0..<40).map { encode(line, encoder, row: $0) }
    #expect(Set(rows).count > 10)
    #expect(rows == (0..<40).map { encode(line, encoder, row: $0) })
    #expect(rows.allSatisfy { join($0) == line })
    options.dropout = .init(probability: 1, seed: 1)
    #expect(try encode("low", golden, options) == "l@@ o@@ w")
  }

  @Test func `any bytes come back when pieces are joined, whatever the cache holds`() throws {
    var random = RandomText(seed: 11)
    let encoder = try BPEEncoder(golden)
    var cache = BPEEncoder.Cache()
    for round in 0..<4_000 {
      let line = round.isMultiple(of: 2) ? random.bytes() : random.line()
      var pieces: [UInt8] = []
      encoder.encode(line.span, into: &pieces, cache: &cache)
      var fresh: [UInt8] = []
      encoder.encode(line.span, into: &fresh)
      #expect(pieces == fresh)
      guard !Corpus.text(line).contains("@") else { continue }
      var joined: [UInt8] = []
      SubwordJoiner().join(pieces.span, into: &joined)
      #expect(words(joined) == words(line))
    }
  }

  @Test func `a word of a hundred thousand characters is cut in time that grows with its length`()
    throws
  {
    let encoder = try BPEEncoder(golden, .init())
    let growth = ProcessorTime.growth(from: 25_000) { length in
      let word = String(repeating: "lowestaa", count: length / 8)
      #expect(join(encode(word, encoder, row: 0)) == word)
    }
    #expect(growth < 10)
  }

  private func words(_ line: [UInt8]) -> [ArraySlice<UInt8>] { line.split(separator: 0x20) }

  private static func merges(
    _ lines: String, version: Merges.Version = .gluedWordEnd
  ) -> Merges {
    let merges = lines.split(separator: "|").map { line in
      let symbols = line.split(separator: " ").map { Array($0.utf8) }
      return Merges.Merge(left: symbols[0], right: symbols[1])
    }
    return Merges(merges, version: version)
  }

  private func encode(
    _ line: String, _ merges: Merges, _ options: BPEEncoder.Options = .init()
  ) throws -> String {
    encode(line, try BPEEncoder(merges, options), row: 0)
  }

  private func encode(_ line: String, _ encoder: BPEEncoder, row: Int) -> String {
    var output: [UInt8] = []
    encoder.encode(Array(line.utf8).span, row: row, into: &output)
    return Corpus.text(output)
  }

  private func join(_ pieces: String) -> String {
    var output: [UInt8] = []
    SubwordJoiner().join(Array(pieces.utf8).span, into: &output)
    return Corpus.text(output)
  }
}
