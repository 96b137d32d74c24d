import Testing
import Text

struct TableStatisticsTests {
  @Test func `rows, lengths, empty fields and label balance are counted`() {
    var statistics = TableStatistics(columns: ["text", "label"])
    var batch = RowBatch(columnCount: 2)
    batch.append(["two wörds", "a"], Origin(line: 2))
    batch.append([" ", "a"], Origin(line: 3))
    statistics.add(batch)
    batch.append(["one more little sentence", "b"], Origin(line: 4))
    statistics.add(batch)
    #expect(statistics.rowCount == 5)
    let (text, label) = (statistics.columns[0], statistics.columns[1])
    #expect(text.emptyCount == 2)
    #expect(text.words.maximum == 4)
    #expect(text.words.percentile(0.5) == 2)
    #expect(text.characters.count(in: 9..<10) == 2)
    #expect(label.values == ["a": 4, "b": 1])
  }

  @Test func `values are given up beyond a thousand different ones`() {
    var statistics = TableStatistics(columns: ["text"])
    var batch = RowBatch(columnCount: 1)
    for line in 1...1001 { batch.append(["\(line)"], Origin(line: line)) }
    statistics.add(batch)
    #expect(statistics.columns[0].values == nil)
  }

  @Test func `percentiles are exact for short lengths and bounded for long ones`() {
    var lengths = LengthHistogram()
    for length in 1...100 { lengths.add(length) }
    #expect(lengths.percentile(0.5) == 50)
    #expect(lengths.percentile(0.95) == 95)
    #expect(lengths.percentile(1) == 100)
    #expect(lengths.mean == 50.5)
    lengths.add(5000)
    lengths.add(100_000)
    #expect(lengths.percentile(1) == 100_000)
    #expect(lengths.maximum == 100_000)
    #expect(lengths.count(in: 4096..<8192) == 1)
  }
}
