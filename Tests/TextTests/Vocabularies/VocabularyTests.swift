import Diagnostics
import Testing
import Text

struct VocabularyTests {
  private let text = ["b a c b", " b  a\r", "<unk> z é"]

  @Test func `entries are special tokens, then by count, equals by their bytes`() {
    let vocabulary = Vocabulary(counter(text))
    #expect(
      Corpus.text(vocabulary.lines)
        == "<pad>\t0\n<unk>\t0\nb\t3\na\t2\n\\<unk>\t1\nc\t1\nz\t1\né\t1\n")
    #expect(vocabulary.id(of: .padding) == 0)
    #expect(vocabulary.id(of: .start) == nil)
  }

  @Test func `size counts special tokens and rare tokens are left out`() {
    var options = Vocabulary.Options()
    options.size = 5
    options.hasBoundaries = true
    #expect(
      Corpus.text(Vocabulary(counter(text), options).lines)
        == "<pad>\t0\n<unk>\t0\n<s>\t0\n</s>\t0\nb\t3\n")
    options.size = nil
    options.minimumCount = 2
    #expect(Vocabulary(counter(text), options).count == 6)
  }

  @Test func `unknown tokens get the id of the unknown token`() {
    var ids: [Int32] = []
    Vocabulary(counter(text)).ids(of: Array("a  x b\n".utf8).span, into: &ids)
    #expect(ids == [3, 1, 2])
  }

  @Test func `words that look like special tokens have entries of their own`() throws {
    let words = "<pad> </s> \\</s> \\\\<s> <unk> \\x <s>"
    let vocabulary = Vocabulary(counter([words]))
    let read = try Vocabulary(lines: vocabulary.lines.span, file: "v.tsv")
    var ids: [Int32] = []
    read.ids(of: Array(words.utf8).span, into: &ids)
    #expect(Set(ids).count == 7 && ids.allSatisfy { $0 > 1 })
    let written = ids.map { String(decoding: read.word(of: Int($0)), as: UTF8.self) }
    #expect(written.joined(separator: " ") == words)
    #expect(read.word(of: 0).elementsEqual("<pad>".utf8))
    #expect(Vocabulary(counter([])).coverage(of: counter(["<pad> <unk>"])).unknownTokens == 2)
  }

  /// Lines of many words, of which some are long, some not in the vocabulary and some like special tokens.
  @Test func `the words of a line have the ids that each has by itself`() {
    var random = RandomText(seed: 5)
    let special = ["<pad>", "\\</s>", "<unk>", "a>", "\\\\<s>"]
    let known = (0..<300).map { String(repeating: "é", count: $0 % 13) + "w\($0)" } + special
    let vocabulary = Vocabulary(counter([known.joined(separator: " ")]))
    for count in 0..<70 {
      let words = (0..<count).map { _ in
        Bool.random(using: &random) ? known.randomElement(using: &random) ?? "" : "unknown \(count)"
      }
      let split = words.joined(separator: " ").split(separator: " ")
      let expected = split.compactMap { vocabulary.id(of: Array($0.utf8).span) ?? 1 }
      var ids: [Int32] = []
      vocabulary.ids(of: Array(words.joined(separator: " ").utf8).span, into: &ids)
      #expect(ids.map(Int.init) == expected)
    }
  }

  @Test func `coverage counts unknown tokens and types`() {
    var options = Vocabulary.Options()
    options.minimumCount = 2
    let coverage = Vocabulary(counter(text), options).coverage(of: counter(["a b b x", "y x"]))
    #expect(coverage.tokens == 6 && coverage.unknownTokens == 3)
    #expect(coverage.types == 4 && coverage.unknownTypes == 2)
  }

  @Test func `what is written is read back`() throws {
    let vocabulary = Vocabulary(counter(text))
    let lines = vocabulary.lines
    let read = try Vocabulary(lines: lines.span, file: "v.tsv")
    #expect(read.lines == lines)
    #expect(read.id(of: Array("é".utf8).span) == 7)
  }

  @Test(arguments: [
    (
      "<pad>\t0\n<unk>\t0\na\n",
      "v.tsv:3: error: the line is not a token, a tab or space, and a whole number"
    ),
    (
      "<pad>\t0\n<unk>\t0\n\t3\n",
      "v.tsv:3: error: the line is not a token, a tab or space, and a whole number"
    ),
    (
      "<pad>\t0\n<unk>\t0\na\t-1\n",
      "v.tsv:3: error: the line is not a token, a tab or space, and a whole number"
    ),
    (
      "<pad>\t0\n<unk>\t0\na\t9999999999999999999\n",
      "v.tsv:3: error: the line is not a token, a tab or space, and a whole number"
    ),
    ("<pad>\t0\n<unk>\t0\na\t1\na\t1\n", "v.tsv:4: error: the token stands on an earlier line too"),
    ("<pad>\t0\na\t1\n", "v.tsv:2: error: the first lines are not <pad> and <unk>"),
    ("", "v.tsv:1: error: the first lines are not <pad> and <unk>"),
  ])
  func `malformed lines are refused with their number`(text: String, message: String) {
    let error = #expect(throws: Diagnostic.self) { try read(Array(text.utf8)) }
    #expect(error?.description.split(separator: "\n").first.map(String.init) == message)
  }

  @Test func `a fairseq dictionary has no special tokens and is filled up`() throws {
    let written = Vocabulary(counter(text)).fairseqDictionary()
    let filling = (0..<6).map { "madeupword000\($0) 0\n" }.joined()
    #expect(Corpus.text(written) == "b 3\na 2\n\\<unk> 1\nc 1\nz 1\né 1\n" + filling)
    let read = try Vocabulary(fairseqDictionary: written.span, file: "dict.txt")
    #expect(read.count == 16)
    #expect(read.id(of: .start) == 0 && read.id(of: .padding) == 1)
    #expect(read.id(of: .end) == 2 && read.id(of: .unknown) == 3)
    #expect(read.id(of: Array("b".utf8).span) == 4)
    #expect(read.fairseqDictionary() == written)
  }

  @Test func `counts do not depend on the number of cores or chunks`() {
    var random = RandomText(seed: 2)
    let lines = (0..<20_000).map { _ in random.line() }
    let one = VocabularyCounter.counting(lines: lines.count, cores: 1) { $1 += lines[$0] }
    let two = VocabularyCounter.counting(lines: lines.count, cores: 2) { $1 += lines[$0] }
    var streamed = VocabularyCounter()
    for line in lines { streamed.add(line: line.span) }
    for other in [one, two] {
      #expect(other.counts == streamed.counts)
      #expect((0..<other.tokens.count).allSatisfy { other.tokens[$0] == streamed.tokens[$0] })
    }
  }

  @Test func `random bytes never trap the readers`() {
    var random = RandomText(seed: 9)
    for _ in 0..<4_000 {
      let bytes = random.bytes() + [0x09, 0x31]
      _ = try? read(bytes)
      _ = try? Vocabulary(fairseqDictionary: bytes.span, file: "dict.txt")
    }
  }

  private func counter(_ lines: [String]) -> VocabularyCounter {
    var counter = VocabularyCounter()
    for line in lines { counter.add(line: Array(line.utf8).span) }
    return counter
  }

  private func read(_ bytes: [UInt8]) throws(Diagnostic) -> Vocabulary {
    try Vocabulary(lines: bytes.span, file: "v.tsv")
  }
}
