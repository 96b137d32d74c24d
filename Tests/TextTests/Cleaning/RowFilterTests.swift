import Testing
import Text

struct RowFilterTests {
  @Test func `empty, short and long rows are dropped and counted with examples`() {
    let (kept, filter) = filtered(["a b", " \u{A0}", "a", "a b c d", "a b c"]) {
      $0.columns = [0]
      $0.dropsEmpty = true
      $0.minimumWords = 2
      $0.maximumWords = 3
    }
    #expect(kept == ["a b", "a b c"])
    #expect(filter.dropped.counts == [.empty: 1, .tooShort: 1, .tooLong: 1])
    #expect(filter.dropped.total == 3)
    let example = filter.dropped.examples[.tooLong]?.first
    #expect(example?.text == "a b c d")
    #expect(example?.origin == Origin(line: 4))
  }

  @Test func `of equal rows the first stays, and three of the others are shown`() {
    let (kept, filter) = filtered(["x", "y", "x", "x", "y", "x", "z"]) { $0.duplicateColumns = [0] }
    #expect(kept == ["x", "y", "z"])
    #expect(filter.dropped.counts == [.duplicate: 4])
    #expect(filter.dropped.examples[.duplicate]?.map(\.origin.line) == [3, 4, 5])
  }

  @Test func `of very many rows those stay that a set of the texts lets in`() {
    let texts = (0..<60_000).map { "row \($0 &* 7919 % 45_000)" }
    var seen: Set<String> = []
    let expected = texts.filter { seen.insert($0).inserted }
    #expect(filtered(texts) { $0.duplicateColumns = [0] }.0 == expected)
  }

  @Test func `duplicates are told apart by where one column ends and the next starts`() {
    var options = RowFilter.Options()
    options.duplicateColumns = [0, 1]
    var filter = RowFilter(options)
    var batch = RowBatch(columnCount: 2)
    batch.append(["ab", "c"], Origin(line: 1))
    batch.append(["a", "bc"], Origin(line: 2))
    batch.append(["ab", "c"], Origin(line: 3))
    #expect(filter.filter(batch).origins.map(\.line) == [1, 2])
  }

  @Test func `pairs are limited as Moses limits them`() {
    var limits = PairLimits(0, 1)
    limits.maximumWords = 4
    limits.ratio = 2
    limits.maximumWordLength = 5
    var options = RowFilter.Options()
    options.pair = limits
    var filter = RowFilter(options)
    var batch = RowBatch(columnCount: 2)
    let pairs = [
      (" a|  b\u{A0}c ", "x y"), ("a", "||"), ("a b c d e", "a b c"), ("a", "a b"), ("a", "a b c"),
      ("ééééé", "a"), ("éééééé", "a"),
    ]
    for (line, pair) in pairs.enumerated() {
      batch.append([pair.0, pair.1], Origin(line: line + 1))
    }
    let kept = filter.filter(batch)
    #expect(kept.origins.map(\.line) == [1, 4, 6])
    #expect(kept.text(0, 0) == "a b c")
    #expect(filter.dropped.counts == [.empty: 1, .tooLong: 1, .lengthRatio: 1, .longWord: 1])
  }

  private func filtered(
    _ texts: [String], _ change: (inout RowFilter.Options) -> Void
  ) -> (kept: [String], filter: RowFilter) {
    var options = RowFilter.Options()
    change(&options)
    var filter = RowFilter(options)
    var batch = RowBatch(columnCount: 1)
    for (line, text) in texts.enumerated() { batch.append([text], Origin(line: line + 1)) }
    let kept = filter.filter(batch)
    return ((0..<kept.count).map { kept.text($0, 0) }, filter)
  }
}
