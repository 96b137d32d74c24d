import Diagnostics
import Testing
import Text

struct FoldTests {
  /// What each fold's turn gives, with these parts of the rows outside it.
  private func turns(
    _ keys: RowKeys, _ sizes: [SplitOptions.Size], of count: Int, shuffles: Bool = true
  ) throws -> [Splitter.Assignment] {
    var options = SplitOptions(sizes)
    options.shuffles = shuffles
    options.seed = 7
    return try (0..<count).map { try Splitter.assign(keys, options, holdingOut: $0, of: count) }
  }

  @Test(arguments: [(103, 10), (7, 7), (100, 3), (10, 2)])
  func `each row is held out once, and folds differ by one row at the most`(
    rows: Int, count: Int
  ) throws {
    let turns = try turns(keys((0..<rows).map { ["\($0)"] }), [.rest, .share(0.1)], of: count)
    for row in 0..<rows { #expect(turns.count { $0.part(row) == 2 } == 1) }
    let sizes = turns.map { $0.counts[2] }
    #expect(sizes.reduce(0, +) == rows)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    for turn in turns {
      #expect(turn.counts.reduce(0, +) == rows)
      #expect(turn.counts == (0...2).map { part in (0..<rows).count { turn.part($0) == part } })
    }
  }

  @Test func `shares are of the rows outside the fold, and the folds do not depend on them`() throws
  {
    let keys = keys((0..<200).map { ["\($0)"] })
    let plain = try turns(keys, [.rest], of: 10)
    let withValid = try turns(keys, [.rest, .share(0.1)], of: 10)
    #expect(withValid.allSatisfy { $0.counts == [162, 18, 20] })
    for (a, b) in zip(plain, withValid) {
      #expect((0..<200).filter { a.part($0) == 1 } == (0..<200).filter { b.part($0) == 2 })
    }
  }

  @Test func `without shuffling folds are runs of rows`() throws {
    let turns = try turns(keys((0..<6).map { ["\($0)"] }), [.rest], of: 3, shuffles: false)
    #expect(
      turns.map { turn in (0..<6).filter { turn.part($0) == 1 } } == [[0, 1], [2, 3], [4, 5]])
  }

  @Test func `every fold has its share of each class, and so have the parts outside it`() throws {
    let labels = (0..<120).map { $0 % 4 == 0 ? "rare" : "common" }
    let turns = try turns(
      keys(labels.map { [$0] }, stratify: 0), [.rest, .share(0.2)], of: 6)
    for turn in turns {
      let rare = (0...2).map { part in
        labels.indices.count { turn.part($0) == part && labels[$0] == "rare" }
      }
      #expect(turn.counts == [80, 20, 20])
      #expect(rare == [20, 5, 5])
    }
  }

  @Test func `groups stay whole within a fold and within the parts outside it`() throws {
    let groups = (0..<90).map { $0 / 3 }
    let turns = try turns(
      keys(groups.map { ["text \($0)"] }, groupBy: [0]), [.rest, .share(0.2)], of: 5)
    for row in groups.indices { #expect(turns.count { $0.part(row) == 2 } == 1) }
    for turn in turns {
      #expect(turn.groupCount == 30)
      for group in 0..<30 {
        #expect(Set(groups.indices.filter { groups[$0] == group }.map { turn.part($0) }).count == 1)
      }
    }
  }

  @Test func `a class with fewer rows than folds is named, more folds than rows are refused`()
    throws
  {
    let labels = Array(repeating: "a", count: 20) + ["b", "b", "b"]
    let turn = try turns(keys(labels.map { [$0] }, stratify: 0), [.rest], of: 5)[0]
    #expect(
      turn.warnings.map(\.message.problem) == ["class 'b' has 3 rows, fewer than there are folds"])
    let error = #expect(throws: Diagnostic.self) {
      try turns(keys([["1"], ["2"]]), [.rest], of: 3)
    }
    #expect(error?.message.problem == "3 folds cannot be made of 2 rows")
  }

  private func keys(
    _ rows: [[String]], stratify: Int? = nil, groupBy: [Int] = []
  ) -> RowKeys {
    var batch = RowBatch(columnCount: 1)
    for (index, row) in rows.enumerated() { batch.append(row, Origin(line: index + 1)) }
    var keys = RowKeys(stratify: stratify, groupBy: groupBy)
    keys.append(batch)
    return keys
  }
}
