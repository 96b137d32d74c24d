import Fixtures
import Foundation
import Testing
import Text

struct WordPieceTests {
  @Test(arguments: [
    ("Hello, world!", "hello , world !"),
    ("unaffable", "un ##aff ##able"),
    ("unaffa", "un ##aff ##a"),
    ("unaffx hello", "[UNK] hello"),
    ("ab ba", "a ##b b ##a"),
    ("naïve nai\u{308}ve NAÏVE", "naive naive naive"),
    ("中国ab国", "中 国 a ##b 国"),
    ("hel\u{200B}lo wor\u{AD}ld \u{FEFF}", "hello world"),
    ("a\u{A0}a\u{3000}a\ta\u{85}a", "a a a a ##a"),
    ("\u{1}\u{FFFD} \u{E000}", ""),
    ("", ""), (" \u{2003} ", ""),
    ("a##b", "a # # b"),
    ("×2", "[UNK]"),
    ("İ", "i"),
    (String(repeating: "a", count: 101), "[UNK]"),
    ("a" + String(repeating: "b", count: 99), "a" + String(repeating: " ##b", count: 99)),
  ])
  func `words become the longest pieces from their left`(_ line: String, _ pieces: String) throws {
    #expect(try SmallEncoder.pieces(line) == pieces)
  }

  @Test(arguments: [
    ("[MASK]", "[MASK]"), ("a[MASK]b", "a [MASK] b"), ("[mask]", "[ mask ]"),
    ("[CLS] [SEP][PAD]", "[CLS] [SEP] [PAD]"), ("[MASK", "[ mask"), ("[[UNK]]", "[ [UNK] ]"),
  ])
  func `special tokens in a text are taken as such`(_ line: String, _ pieces: String) throws {
    #expect(try SmallEncoder.pieces(line) == pieces)
  }

  @Test func `each setting of the rules counts`() throws {
    func pieces(_ line: String, _ change: (inout WordPieceRules) -> Void) throws -> String {
      var rules = WordPieceRules()
      change(&rules)
      return try SmallEncoder.pieces(line, rules)
    }
    #expect(try pieces("Hello hello") { $0.lowercases = false } == "Hello hello")
    #expect(try pieces("naïve") { $0.lowercases = false } == "naïve")
    #expect(try pieces("naïve") { $0.stripsAccents = false } == "naïve")
    #expect(try pieces("İs") { $0.stripsAccents = false } == "i ##̇ ##s")
    #expect(
      try pieces("naïve") {
        $0.lowercases = false
        $0.stripsAccents = true
      } == "naive")
    #expect(try pieces("中国") { $0.separatesIdeographs = false } == "中 ##国")
    #expect(try pieces("hel\u{200B}lo") { $0.cleans = false } == "[UNK]")
    #expect(try pieces("ab") { $0.longestWord = 1 } == "[UNK]")
  }

  /// Hugging Face's tables of general categories are those of Unicode 8.
  @Test(arguments: [
    ("a\u{8E2}b", "[UNK]"), ("a\u{8D4}b", "[UNK]"), ("a\u{2E5D}b", "[UNK]"), ("a\u{600}b", "a ##b"),
    ("a\u{166D}b", "a [UNK] b"), ("a\u{1734}b", "a ##b"), ("a\u{1885}b", "[UNK]"),
  ])
  func `scalars that came or moved after Unicode 8 are what they were`(
    _ line: String, _ pieces: String
  ) throws {
    #expect(try SmallEncoder.pieces(line) == pieces)
  }

  @Test(arguments: [
    ("a b c d e", 5, "a b c"), ("a b c", 5, "a b c"), ("un unaffable", 5, "un un ##aff"),
    ("a b c [SEP] d e", 6, "a b [SEP] d"), ("a [SEP] b c d e", 7, "a [SEP] b c d"),
    ("a b c d [SEP] e", 7, "a b c [SEP] e"), ("a b c [SEP] c d e", 8, "a b [SEP] c d e"),
    ("a b c d [SEP] c d e", 8, "a b c [SEP] c d"), ("a b [SEP] c d", 7, "a b [SEP] c d"),
    ("a [SEP] b [SEP] c", 6, "a [SEP] b [SEP]"), ("[SEP] a b c", 5, "[SEP] a b"),
    ("a b c [SEP]", 5, "a b [SEP]"), ("a [SEP] b", 4, "[SEP] b"), ("a [SEP] b", 3, "[SEP]"),
  ])
  func `the longer of two texts loses tokens first`(_ line: String, _ limit: Int, _ kept: String)
    throws
  {
    #expect(try SmallEncoder.pieces(line, tokenLimit: limit) == kept)
  }

  @Test(arguments: [
    ("un ##aff ##able hello", "unaffable hello"), ("##a b", "##a b"), ("a # # b", "a # # b"),
    ("a ##", "a ##"), ("", ""),
  ])
  func `pieces are joined to words`(_ pieces: String, _ words: String) {
    var output: [UInt8] = []
    PieceJoiner.join(Array(pieces.utf8).span, into: &output)
    #expect(Corpus.text(output) == words)
  }

  @Test func `random bytes never trap the tokenizer`() throws {
    var random = RandomText(seed: 8)
    var tokenizer = WordPieceTokenizer(try SmallEncoder.entries(), tokenLimit: 9)
    for round in 0..<4_000 {
      let line = round.isMultiple(of: 2) ? random.bytes() : random.line()
      var output: [UInt8] = []
      tokenizer.tokenize(line.span, into: &output)
      #expect(String(validating: output, as: UTF8.self) != nil)
    }
  }

  @Test func `every case of the suite is cut as BertTokenizerFast cuts it`() throws {
    guard let folder = Folders.conformance?.appending(path: "wordpiece") else {
      return Folders.sayNotRun("WordPiece suite", missing: "MILLRACE_CONFORMANCE")
    }
    let bytes = try Corpus.bytes(of: folder.appending(path: "vocab.txt"))
    let entries = try PieceEntries(lines: bytes[...], file: "vocab.txt")
    let vocabulary = Vocabulary(entries)
    var count = 0
    for text in Folders.files(below: folder, ending: "text.txt") {
      for isCased in [false, true] {
        var rules = WordPieceRules()
        rules.lowercases = !isCased
        var tokenizer = WordPieceTokenizer(entries, rules)
        let name = text.lastPathComponent.replacing("text.txt", with: isCased ? "cased" : "uncased")
        let expected = text.deletingLastPathComponent().appending(path: name)
        let tokens = try Corpus.lines(of: expected.appendingPathExtension("tokens"))
        let ids = try Corpus.lines(of: expected.appendingPathExtension("ids"))
        let lines = try Corpus.lines(of: text)
        #expect(lines.count == tokens.count && lines.count == ids.count)
        for (row, line) in lines.enumerated() where row < tokens.count && row < ids.count {
          var output: [UInt8] = []
          tokenizer.tokenize(line.span, into: &output)
          let pieces = ["[CLS]", Corpus.text(output), "[SEP]"].filter { !$0.isEmpty }
          let place = "\(name), line \(row + 1)"
          #expect(pieces.joined(separator: " ") == Corpus.text(tokens[row]), "\(place)")
          var numbers: [Int32] = []
          vocabulary.ids(of: output.span, into: &numbers)
          let start = vocabulary.id(of: .start).map { Int32($0) }
          let end = vocabulary.id(of: .end).map { Int32($0) }
          let all = ([start] + numbers + [end]).compactMap { $0.map(String.init) }
          #expect(all.joined(separator: " ") == Corpus.text(ids[row]), "\(place)")
          count += 1
        }
      }
    }
    print("WordPiece suite: \(count) lines")
    #expect(count > 0)
  }
}
