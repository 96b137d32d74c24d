import Diagnostics
import Testing
import Text

struct PieceEntriesTests {
  @Test func `an encoder's vocabulary keeps its numbers and has its special tokens`() throws {
    let vocabulary = Vocabulary(try SmallEncoder.entries())
    let again = try Vocabulary(lines: vocabulary.lines.span, file: "v")
    for vocabulary in [vocabulary, again] {
      #expect(vocabulary.count == SmallEncoder.words.count)
      #expect(
        [Vocabulary.Special.padding, .unknown, .start, .end].map { vocabulary.id(of: $0) }
          == [0, 1, 2, 3])
      for (id, word) in SmallEncoder.words.enumerated() {
        #expect(vocabulary.id(of: Array(word.utf8).span) == id, "\(word)")
        #expect(Corpus.text(Array(vocabulary.word(of: id))) == word)
      }
      var ids: [Int32] = []
      vocabulary.ids(of: Array("hello <pad> nothing [SEP]".utf8).span, into: &ids)
      #expect(ids == [9, 29, 1, 3])
    }
  }

  @Test func `words in brackets are words in a vocabulary that was learned`() throws {
    let lines = "<pad>\t0\n<unk>\t0\n[PAD]\t2\n[SEP]\t1\n"
    let vocabulary = try Vocabulary(lines: Array(lines.utf8).span, file: "v")
    #expect(vocabulary.id(of: .padding) == 0)
    #expect(vocabulary.id(of: .end) == nil)
  }

  @Test(arguments: [
    ("", "v: error: the vocabulary has no [PAD], which an encoder needs"),
    ("[PAD]\n[CLS]\n[SEP]\n", "v: error: the vocabulary has no [UNK], which an encoder needs"),
    ("[PAD]\n\n[UNK]\n", "v:2: error: the entry of number 1 is empty"),
    ("[PAD]\n[UNK]\n\n", "v:3: error: the entry of number 2 is empty"),
    ("[PAD]\n[UNK]\na\n[PAD]\n", "v:4: error: the entry '[PAD]' has two numbers, 0 and 3"),
    (
      String(repeating: "a", count: 10_001),
      "v:1: error: the entry of number 0 has a line end or over 10,000 bytes: it is no token"
    ),
  ])
  func `a file that is no vocabulary of an encoder is refused`(_ text: String, _ message: String) {
    let error = #expect(throws: Diagnostic.self) {
      try PieceEntries(lines: Array(text.utf8)[...], file: "v")
    }
    #expect(error?.description.split(separator: "\n").first.map(String.init) == message)
  }
}
