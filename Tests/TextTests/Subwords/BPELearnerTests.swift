import Testing
import Text

struct BPELearnerTests {
  @Test func `learning stops when it is asked to`() {
    var asked = 0
    let merges = BPELearner().learn(count(golden)) {
      asked += 1
      return asked > 3
    }
    #expect(merges == nil && asked == 4)
  }

  private let golden =
    Array(repeating: "low", count: 5) + ["lower", "lower"]
    + Array(repeating: "newest", count: 6) + Array(repeating: "widest", count: 3)
    + ["aaaa aaaa abab"]

  @Test func `the golden words give the golden merges`() {
    var learner = BPELearner()
    learner.merges = 12
    let lines = Corpus.text(learner.learn(count(golden)).codes)
    #expect(
      lines
        == """
        #version: 0.2
        s t</w>
        e st</w>
        l o
        w est</w>
        n e
        ne west</w>
        lo w</w>
        a a
        w i
        wi d
        wid est</w>
        w e

        """)
  }

  @Test func `learning stops where no pair is frequent enough`() {
    #expect(BPELearner().learn(count(["ab ac"])).merges.isEmpty)
    #expect(BPELearner().learn(count([])).merges.isEmpty)
    var learner = BPELearner()
    learner.minimumCount = 1
    #expect(learner.learn(count(["ab ac"])).merges.count == 2)
  }

  @Test func `characters can be counted among the symbols`() {
    var learner = BPELearner()
    learner.merges = 22
    let all = learner.learn(count(golden)).merges
    learner.countsCharacters = true
    // Inside words: l o w e n s i d a b; at their ends: w r t a b.
    #expect(learner.learn(count(golden)).merges == Array(all.prefix(22 - 15)))
  }

  @Test func `merges agree with a learner that recounts everything`() {
    var random = RandomText(seed: 3)
    for round in 0..<40 {
      let counter = count((0..<40).map { _ in randomWords(&random) })
      var learner = BPELearner()
      learner.merges = 60
      learner.minimumCount = 1 + round % 3
      var twin = RecountingLearner(counter)
      let merges = learner.learn(counter)
      let expected = twin.learn(learner.merges, minimumCount: learner.minimumCount)
      #expect(merges.merges.map { Corpus.text($0.left + [0x20] + $0.right) } == expected)
    }
  }

  /// Words in which no letter stands twice, so that no run of equal symbols can arise.
  private func randomWords(_ random: inout RandomText) -> String {
    (0..<4).map { _ in
      String("abcdeéф日".shuffled(using: &random).prefix(Int.random(in: 1...7, using: &random)))
    }
    .joined(separator: " ")
  }

  private func count(_ lines: [String]) -> VocabularyCounter {
    var counter = VocabularyCounter()
    for line in lines { counter.add(line: Array(line.utf8).span) }
    return counter
  }
}
