import Fixtures
import Foundation
import Testing
import Text

/// Whole files as subword-nmt computes them.
struct BPEConformanceTests {
  @Test func `ten thousand merges of German and English are learned byte for byte`() throws {
    guard let folder = suite() else { return }
    var counter = VocabularyCounter()
    for language in ["de", "en"] {
      try count(folder.appending(path: "train.tok.\(language).gz"), into: &counter)
    }
    let merges = BPELearner().learn(counter)
    let expected = try Corpus.bytes(of: folder.appending(path: "codes.de-en.10000"))
    #expect(merges.codes == expected)
    #expect(try codes(folder.appending(path: "codes.de-en.10000")) == merges)
  }

  @Test func `the reference corpus of subword-nmt gives its merges and its segmentation`() throws {
    guard let folder = Folders.data?.appending(path: "reference/subword-nmt") else {
      return Folders.sayNotRun("subword-nmt reference", missing: "MILLRACE_DATA")
    }
    var counter = VocabularyCounter()
    try count(folder.appending(path: "corpus.en"), into: &counter)
    var learner = BPELearner()
    learner.merges = 1000
    let merges = learner.learn(counter)
    #expect(merges.codes == (try Corpus.bytes(of: folder.appending(path: "bpe.ref"))))
    try compare(
      BPEEncoder(merges), folder.appending(path: "corpus.en"),
      folder.appending(path: "corpus.bpe.ref.en"))
  }

  @Test func `text is segmented as apply-bpe does, with a vocabulary and with glossaries`() throws {
    guard let folder = suite() else { return }
    let merges = try codes(folder.appending(path: "codes.de-en.10000"))
    let text = folder.appending(path: "text.de")
    try compare(BPEEncoder(merges), text, folder.appending(path: "applied.de"))

    var options = BPEEncoder.Options()
    let vocabulary = try Corpus.bytes(of: folder.appending(path: "vocab.de"))
    options.vocabulary = try VocabularyCounter(lines: vocabulary.span, file: "vocab.de")
      .tokens(countedAtLeast: 50)
    try compare(
      BPEEncoder(merges, options), text, folder.appending(path: "applied-threshold-50.de"))

    options.vocabulary = nil
    options.glossaries = ["mann", "[0-9]+"]
    try compare(
      BPEEncoder(merges, options), text, folder.appending(path: "applied-glossaries.de"))
  }

  @Test func `the vocabulary of the segmented text is that of get-vocab`() throws {
    guard let folder = suite() else { return }
    let encoder = try BPEEncoder(codes(folder.appending(path: "codes.de-en.10000")))
    var counter = VocabularyCounter()
    var cache = BPEEncoder.Cache()
    for line in try Corpus.lines(of: folder.appending(path: "train.tok.de.gz")) {
      var pieces: [UInt8] = []
      encoder.encode(line.span, into: &pieces, cache: &cache)
      counter.add(line: pieces.span)
    }
    let order = counter.counts.indices.sorted { counter.counts[$0] > counter.counts[$1] }
    let lines = order.map { Array(counter.tokens[$0]) + Array(" \(counter.counts[$0])".utf8) }
    #expect(lines == (try Corpus.lines(of: folder.appending(path: "vocab.de"))))
  }

  @Test func `IWSLT is segmented as its publishers did, and joined again`() throws {
    guard let folder = Folders.data?.appending(path: "translation/iwslt14-de-en") else {
      return Folders.sayNotRun("IWSLT", missing: "MILLRACE_DATA")
    }
    let encoder = try BPEEncoder(codes(folder.appending(path: "bpe10k/code")))
    let joiner = SubwordJoiner()
    let files = Folders.files(below: folder.appending(path: "bpe10k"), ending: ".gz")
    for file in files {
      let text = folder.appending(path: "tok/\(file.lastPathComponent)")
      try compare(encoder, text, file)
      for (pieces, line) in zip(try Corpus.lines(of: file), try Corpus.lines(of: text)) {
        var joined: [UInt8] = []
        joiner.join(pieces.span, into: &joined)
        #expect(joined == line)
      }
    }
    print("IWSLT segmented: \(files.count) files")
    #expect(!files.isEmpty)
  }

  private func suite() -> URL? {
    let folder = Folders.conformance?.appending(path: "bpe")
    if folder == nil { Folders.sayNotRun("BPE suite", missing: "MILLRACE_CONFORMANCE") }
    return folder
  }

  private func codes(_ file: URL) throws -> Merges {
    let bytes = try Corpus.bytes(of: file)
    return try Merges(codes: bytes.span, file: file.path)
  }

  private func count(_ file: URL, into counter: inout VocabularyCounter) throws {
    for line in try Corpus.lines(of: file) { counter.add(line: line.span) }
  }

  private func compare(_ encoder: BPEEncoder, _ text: URL, _ expected: URL) throws {
    let input = try Corpus.lines(of: text)
    let output = try Corpus.lines(of: expected)
    #expect(input.count == output.count)
    var cache = BPEEncoder.Cache()
    for (index, line) in input.enumerated() where index < output.count {
      var pieces: [UInt8] = []
      encoder.encode(line.span, into: &pieces, cache: &cache)
      #expect(
        Corpus.text(pieces) == Corpus.text(output[index]),
        "\(expected.lastPathComponent):\(index + 1)")
    }
  }
}
