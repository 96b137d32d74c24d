import Diagnostics
import Testing
import Text

struct SplitterTests {
  @Test func `shares are met to the row, and every row has one part`() throws {
    let split = try Splitter.assign(
      keys(count: 103), SplitOptions([.share(0.8), .share(0.1), .share(0.1)]))
    #expect(split.counts == [83, 10, 10])
    #expect(split.partOf.allSatisfy { $0 >= 0 })
  }

  @Test func `counts are met, the rest goes where it is wanted, and what is left is in no part`()
    throws
  {
    let rest = try Splitter.assign(keys(count: 50), SplitOptions([.rest, .count(7), .share(0.1)]))
    #expect(rest.counts == [38, 7, 5])
    let some = try Splitter.assign(keys(count: 50), SplitOptions([.count(7), .share(0.1)]))
    #expect(some.counts == [7, 5])
    #expect(some.partOf.count { $0 < 0 } == 38)
  }

  @Test func `without shuffling parts are runs of the input`() throws {
    var options = SplitOptions([.share(0.5), .count(2), .rest])
    options.shuffles = false
    #expect(try Splitter.assign(keys(count: 8), options).partOf == [0, 0, 0, 0, 1, 1, 2, 2])
  }

  @Test func `every n-th row goes to its part`() throws {
    let split = try Splitter.assign(keys(count: 7), SplitOptions([.rest, .every(3)]))
    #expect(split.partOf == [0, 0, 1, 0, 0, 1, 0])
  }

  @Test func `every 23rd of 167,522 rows gives the sizes of prepare-iwslt14`() throws {
    let split = try Splitter.assign(keys(count: 167_522), SplitOptions([.rest, .every(23)]))
    #expect(split.counts == [160_239, 7_283])
  }

  @Test func `the seed alone decides`() throws {
    var options = SplitOptions([.share(0.5), .rest])
    let first = try Splitter.assign(keys(count: 20), options).partOf
    #expect(try Splitter.assign(keys(count: 20), options).partOf == first)
    #expect(first == [1, 1, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 0])
    options.seed = 1
    #expect(try Splitter.assign(keys(count: 20), options).partOf != first)
  }

  @Test func `each class is split in proportion, and a class too small for that is named`() throws {
    var keys = RowKeys(stratify: 0)
    let labels = (0..<100).map { $0 % 10 < 7 ? "a" : "b" } + ["c", "c"]
    keys.append(batch(labels.map { [$0] }))
    let split = try Splitter.assign(keys, SplitOptions([.share(0.8), .share(0.1), .share(0.1)]))
    func count(_ label: String, _ part: Int8) -> Int {
      labels.indices.count { labels[$0] == label && split.partOf[$0] == part }
    }
    #expect((0..<3).map { count("a", $0) } == [56, 7, 7])
    #expect((0..<3).map { count("b", $0) } == [24, 3, 3])
    #expect(
      split.warnings.map(\.message.problem) == ["class 'c' has 2 rows, fewer than there are parts"])
  }

  @Test func `rows without a label are no class that is too small`() throws {
    var keys = RowKeys(stratify: 0)
    keys.append(batch((0..<40).map { [$0 == 7 ? "" : "a"] }))
    let split = try Splitter.assign(keys, SplitOptions([.share(0.8), .share(0.2)]))
    #expect(split.warnings.isEmpty)
  }

  @Test(arguments: [
    (40, 5, [SplitOptions.Size.rest, .count(20), .count(20)], [160, 20, 20]),
    (40, 3, [.share(0.8), .share(0.1), .share(0.1)], [96, 12, 12]),
    (40, 4, [.share(0.8), .share(0.1), .share(0.1)], [128, 16, 16]),
    (40, 6, [.share(0.8), .share(0.1), .share(0.1)], [192, 24, 24]),
    (40, 30, [.share(0.98), .share(0.01), .share(0.01)], [1176, 12, 12]),
    (7, 13, [.count(31), .share(0.3), .count(5)], [31, 27, 5]),
    (2000, 2, [.share(0.8), .share(0.1), .share(0.1)], [3200, 400, 400]),
  ])
  func `classes of few rows leave the parts the sizes asked for`(
    classCount: Int, rowsEach: Int, sizes: [SplitOptions.Size], counts: [Int]
  ) throws {
    var keys = RowKeys(stratify: 0)
    let labels = (0..<classCount * rowsEach).map { $0 % classCount }
    keys.append(batch(labels.map { ["c\($0)"] }))
    let split = try Splitter.assign(keys, SplitOptions(sizes))
    #expect(split.counts == counts)
    for (part, count) in counts.enumerated() {
      let exact = Double(count) / Double(classCount)
      for name in Set(labels) {
        let found = labels.indices.count { labels[$0] == name && split.partOf[$0] == Int8(part) }
        #expect(abs(Double(found) - exact) < 1, "class \(name) has \(found) of \(exact)")
      }
    }
    #expect(split.warnings.count <= 1)
  }

  @Test func `sizes are met exactly whatever the classes are`() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let labels = (0..<Int.random(in: 20...120, using: &random)).map { _ in
        "\(min(Int.random(in: 0..<12, using: &random), Int.random(in: 0..<12, using: &random)))"
      }
      var keys = RowKeys(stratify: 0)
      keys.append(batch(labels.map { [$0] }))
      let counts = (0..<3).map { _ in Int.random(in: 1...6, using: &random) }
      let split = try Splitter.assign(keys, SplitOptions([.rest] + counts.map { .count($0) }))
      #expect(Array(split.counts.dropFirst()) == counts)
      #expect(split.counts.reduce(0, +) == labels.count)
    }
  }

  @Test func `classes that differ in blanks at their ends are one class`() throws {
    var keys = RowKeys(stratify: 0)
    keys.append(batch([["a"], ["a "], ["\u{A0}a"], ["b"]]))
    #expect(keys.classes == ["a", "b"])
  }

  @Test func `many classes too small for the parts are one warning`() throws {
    var keys = RowKeys(stratify: 0)
    keys.append(batch((0..<4000).map { ["user\($0 / 2)"] }))
    let split = try Splitter.assign(keys, SplitOptions([.share(0.8), .share(0.1), .share(0.1)]))
    #expect(
      split.warnings.map(\.message.problem) == [
        "2000 classes have fewer rows than there are parts: 'user0' (2), 'user1' (2), 'user2' (2) "
          + "and 1997 more"
      ])
  }

  @Test func `groups change places until the parts have their sizes`() throws {
    for seed in 0..<40 {
      var keys = RowKeys(stratify: 1, groupBy: [0])
      // Groups of 1 to 4 rows in twenty classes.
      let rows = (0..<60).flatMap { group in
        Array(repeating: ["t\(group)", "c\(group % 20)"], count: group % 4 + 1)
      }
      keys.append(batch(rows))
      var options = SplitOptions([.rest, .count(17), .count(12)])
      options.seed = UInt64(seed)
      let split = try Splitter.assign(keys, options)
      #expect(split.counts == [121, 17, 12])
      #expect(split.missed.isEmpty)
    }
  }

  @Test func `sizes that whole groups cannot have are missed by as little as may be, and told`()
    throws
  {
    var keys = RowKeys(groupBy: [0])
    keys.append(batch((0..<60).map { ["t\($0 / 3)"] }))
    let split = try Splitter.assign(keys, SplitOptions([.rest, .count(10), .count(20)]))
    #expect(split.missed.count == 2)
    #expect(split.missed.allSatisfy { abs($0.wanted - $0.found) <= 2 })
    #expect(split.counts.allSatisfy { $0 % 3 == 0 })
  }

  @Test func `rows that share a text of any group column never straddle parts`() throws {
    var random = SystemRandomNumberGenerator()
    for seed in 0..<50 {
      let rows = (0..<60).map { _ in
        (0..<2).map { _ in "t\(Int.random(in: 0..<40, using: &random))" }
      }
      var keys = RowKeys(groupBy: [0, 1])
      keys.append(batch(Array(rows[..<25])))
      keys.append(batch(Array(rows[25...])))
      var options = SplitOptions([.share(0.6), .share(0.2), .share(0.2)])
      options.seed = UInt64(seed)
      let split = try Splitter.assign(keys, options)
      let groups = obviousGroups(rows)
      for (row, group) in groups.enumerated() {
        #expect(split.partOf[row] == split.partOf[groups.firstIndex(of: group) ?? row])
      }
      #expect(split.groupCount == Set(groups).count)
      #expect(split.counts.reduce(0, +) == 60)
    }
  }

  @Test func `small groups still meet the sizes, within classes too`() throws {
    var keys = RowKeys(stratify: 1, groupBy: [0])
    keys.append(batch((0..<300).map { ["t\($0 / 3)", $0 < 150 ? "a" : "b"] }))
    let split = try Splitter.assign(keys, SplitOptions([.share(0.8), .share(0.1), .share(0.1)]))
    #expect(split.counts == [240, 30, 30])
    #expect(split.groupCount == 100)
    #expect(split.largestGroup == 3)
  }

  @Test(arguments: [
    ([SplitOptions.Size.share(0.8), .share(0.3)], "the shares of the parts add up to 1.1"),
    ([.count(8), .count(3)], "the parts want 11 rows, but there are 10"),
    ([.share(0.8), .count(3)], "the parts want 11 rows, but there are 10"),
    ([.count(.max), .share(0.5)], "the parts want \(Int.max) rows, but there are 10"),
    ([.share(-0.1)], "a part's share is -0.1"), ([.share(.nan)], "a part's share is nan"),
    ([.rest, .rest], "two parts take the rest of the rows"),
    (
      [.share(0.5), .every(3)],
      "every n-th row can be split off only from one other part that takes the rest"
    ),
  ])
  func `sizes that cannot be met are refused`(sizes: [SplitOptions.Size], problem: String) {
    let error = #expect(throws: Diagnostic.self) {
      try Splitter.assign(keys(count: 10), SplitOptions(sizes))
    }
    #expect(error?.message.problem == problem)
  }

  private func keys(count: Int) -> RowKeys {
    var keys = RowKeys()
    keys.append(batch((0..<count).map { ["\($0)"] }))
    return keys
  }

  private func batch(_ rows: [[String]]) -> RowBatch {
    var batch = RowBatch(columnCount: rows.first?.count ?? 1)
    for (index, row) in rows.enumerated() { batch.append(row, Origin(line: index + 1)) }
    return batch
  }

  /// The number of each row's group, by joining until nothing changes.
  private func obviousGroups(_ rows: [[String]]) -> [Int] {
    var groups = Array(rows.indices)
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for a in rows.indices {
        for b in rows.indices where zip(rows[a], rows[b]).contains(where: ==) {
          if groups[a] != groups[b] {
            groups[a] = min(groups[a], groups[b])
            groups[b] = groups[a]
            hasChanged = true
          }
        }
      }
    }
    return groups
  }
}
