import Fixtures
import Metrics
import Testing

@Suite struct TERTests {
  @Test func `edits, lengths and scores are those of sacreBLEU`() throws {
    guard let cases = try GoldenCases.all("translation", as: TranslationCase.self) else {
      Folders.sayNotRun("TER", missing: GoldenCases.missing)
      return
    }
    var count = 0
    for golden in cases {
      for expected in golden.scores where expected.metric == "ter" {
        let ter = expected.options.ter
        let statistics = ter.statistics(of: golden.hypotheses, against: golden.references)
        let sums = statistics.sums()
        let name = "\(golden.name): \(expected.signature)"
        #expect(sums[0] == expected.num_edits, "\(name)")
        #expect(isClose(sums[1], expected.ref_length ?? -1), "\(name)")
        #expect(isClose(ter.value(ofSums: sums), expected.score), "\(name)")
        let signature = ter.signature(referenceCount: golden.references.count)
        #expect(signature == expected.signatureWithoutVersion)
        count += 1
      }
    }
    print("TER: \(count) scores")
    #expect(count > 0)
  }

  @Test(arguments: [
    ("a b c d", "a b c d", 0.0), ("b c a", "a b c", 1), ("a x c", "a b c", 1), ("", "a b", 2),
    ("a b", "", 2), ("", "", 0), ("d e f a b c", "a b c d e f", 1),
    ("c d a b x", "a b c d", 2),
  ])
  func `a phrase moved is one edit`(hypothesis: String, reference: String, edits: Double) {
    let statistics = TER().statistics(of: [hypothesis], against: [[reference]])
    #expect(statistics.sums()[0] == edits)
  }

  @Test func `punctuation may be split off or left out`() {
    var ter = TER()
    #expect(ter.value(of: ["it is so."], against: [["it is so"]]) > 0)
    ter.removesPunctuation = true
    #expect(ter.value(of: ["it is so."], against: [["it is so"]]) == 0)
    ter = TER()
    ter.normalizes = true
    #expect(ter.statistics(of: ["Ann's cat."], against: [["ann 's cat ."]]).sums() == [0, 4])
  }

  @Test func `references are tokenised twice, as the peer does it`() {
    var ter = TER()
    ter.normalizes = true
    #expect(ter.statistics(of: ["it's\u{A0}so"], against: [["it's\u{A0}so"]]).sums() == [2, 3])
  }

  @Test func `ideographs are words of their own if asked for`() {
    var ter = TER()
    ter.normalizes = true
    ter.supportsAsian = true
    #expect(ter.statistics(of: ["我们。"], against: [["我们好。"]]).sums() == [1, 4])
    ter.removesPunctuation = true
    #expect(ter.statistics(of: ["我们。"], against: [["我们好。"]]).sums() == [1, 3])
  }

  @Test func `a corpus of long and scrambled segments ends soon`() {
    let words = (0..<120).map { "w\($0 % 7)" }
    let scrambled = (0..<120).map { words[$0 * 11 % 120] }.joined(separator: " ")
    let time = ProcessorTime.ofThread {
      _ = TER().value(of: [scrambled], against: [[words.joined(separator: " ")]])
    }
    #expect(time < .seconds(60))
  }
}
