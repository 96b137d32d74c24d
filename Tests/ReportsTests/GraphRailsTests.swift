import Reports
import Testing

@Suite struct `Lines between the rows of a list` {
  private func drawn(_ readers: [[Int]]) -> [String] {
    GraphRails(readers: readers).rows.map(\.node)
  }

  @Test func `a chain stays on one rail`() { #expect(drawn([[], [0], [1]]) == ["●", "●", "●"]) }

  @Test func `a row with a later reader keeps its rail beside the next row`() {
    #expect(drawn([[], [0], [0, 1]]) == ["●", "├─●", "●─╯"])
  }

  @Test func `rows that read nothing stand on rails of their own until they are read`() {
    #expect(drawn([[], [], [0, 1]]) == ["●", "│ ●", "●─╯"])
  }

  @Test func `a line crosses rails that it does not read`() {
    #expect(drawn([[], [], [0], [1], [0, 2, 3]])[2] == "├─│─●")
  }

  @Test func `further lines of a row show the rails that go on`() {
    let rows = GraphRails(readers: [[], [0], [0], [1, 2]]).rows
    #expect(rows.map(\.below) == ["│", "│ │", "│ │", ""])
  }

  @Test func `without rows nothing is drawn`() { #expect(GraphRails(readers: []).width == 0) }
}
