import Testing
import Text

struct RowBatchTests {
  private var batch: RowBatch {
    var batch = RowBatch(columnCount: 3)
    batch.append(["a", "", "ccc"], Origin(line: 2))
    batch.append(["é", "bb", ""], Origin(line: 3))
    batch.append(["", "", ""], Origin(line: 5))
    return batch
  }

  @Test func `a field is found by row and column`() {
    #expect(batch.text(0, 2) == "ccc")
    #expect(batch.text(1, 0) == "é")
    #expect(Array(batch.field(1, 1)) == Array("bb".utf8))
    #expect(batch.range(2, 2).isEmpty)
  }

  @Test func `filtering keeps rows whole and in order`() {
    #expect(batch.filtered { $0 != 1 }.origins.map(\.line) == [2, 5])
    #expect(batch.filtered { _ in true } == batch)
    #expect(batch.filtered { $0 == 0 }.text(0, 2) == "ccc")
  }
}
