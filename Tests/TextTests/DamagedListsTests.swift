import Diagnostics
import Fixtures
import Testing
import Text

/// Vocabularies, merges and tables that are not what they were: read as something else, or refused.
struct DamagedListsTests {
  private func read(
    _ text: String, count: Int = 2_000, _ body: (Span<UInt8>) throws(Diagnostic) -> Void
  ) {
    var refusedCount = 0
    for copy in DamagedCopies(of: Array(text.utf8), count: count) {
      do throws(Diagnostic) { try body(copy.span) } catch {
        refusedCount += 1
        #expect(error.place?.file == "f")
      }
    }
    #expect(refusedCount > 0 && refusedCount < count)
  }

  @Test func `a damaged vocabulary`() {
    read("<pad>\t0\n<unk>\t0\n<s>\t0\n</s>\t0\nthe\t999999999999999999\nété\t7\nx@@\t1\n") {
      bytes throws(Diagnostic) in
      let vocabulary = try Vocabulary(lines: bytes, file: "f")
      var ids: [Int32] = []
      vocabulary.ids(of: Array("the x@@ été <pad>".utf8).span, into: &ids)
      #expect(ids.allSatisfy { (0..<vocabulary.count).contains(Int($0)) })
      _ = vocabulary.lines
    }
  }

  @Test func `a damaged dictionary of fairseq's`() {
    read("the 999999999999999999\nété 7\nx@@ 1\n") { bytes throws(Diagnostic) in
      let vocabulary = try Vocabulary(fairseqDictionary: bytes, file: "f")
      _ = vocabulary.fairseqDictionary()
      let again = try Vocabulary(lines: vocabulary.lines.span, file: "f")
      #expect(again.count == vocabulary.count)
    }
  }

  @Test func `damaged counts`() {
    read("the 999999999999999999\nété 999999999999999999\nx@@ 1\n") { bytes throws(Diagnostic) in
      let counter = try VocabularyCounter(lines: bytes, file: "f")
      _ = counter.total
      _ = counter.tokens(countedAtLeast: 2)
    }
  }

  @Test func `damaged merges`() {
    read("#version: 0.2\nt h\nth e</w>\né t\nx y\n") { bytes throws(Diagnostic) in
      let merges = try Merges(codes: bytes, file: "f")
      _ = merges.codes
      let encoder = try BPEEncoder(merges)
      var output: [UInt8] = []
      encoder.encode(Array("the ét xyx".utf8).span, into: &output)
    }
  }

  @Test func `a damaged table`() {
    let text = "line\ttext\tlabel\n2\tone\\ttwo\tx\n2:3\tthree\\\\\ty\n4\t\tz\n"
    read(text) { bytes throws(Diagnostic) in
      var reader = try TableReader(
        ByteChunks(bytes.indices.map { bytes[$0] }, step: 7), file: "f")
      while let batch = try reader.next() {
        for row in 0..<batch.count {
          for column in 0..<batch.columnCount { _ = batch.text(row, column) }
        }
      }
    }
  }
}
