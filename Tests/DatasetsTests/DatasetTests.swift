import Datasets
import Diagnostics
import Files
import Fixtures
import Formats
import Foundation
import Testing

struct DatasetTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func written(_ writer: consuming DatasetWriter) throws -> String {
    let path = folder.path("\(UUID().uuidString).safetensors")
    var file = try OutputFile(path)
    try writer.write(into: &file)
    try file.commit()
    return path
  }

  private func writer(_ columns: [TokenColumn], _ classNames: [String] = []) throws -> DatasetWriter
  {
    try DatasetWriter(columns: columns, classNames: classNames, spoolingIn: folder.path(""))
  }

  private func sample() throws -> DatasetWriter {
    var writer = try writer(
      [TokenColumn("text", vocabularySize: 10, padding: 0)], ["bad", "good"])
    try writer.append([[5, 6, 7, 0, 0]], number: 2, label: 1)
    try writer.append([[0, 0, 8]], number: 3, label: 0)
    try writer.append([[0]], number: 5, label: 1)
    try writer.append([[9, 0, 9]], number: 8, label: 0)
    return writer
  }

  @Test func `what was written is read`() throws {
    let dataset = try Dataset(path: try written(sample()))
    #expect(dataset.count == 4)
    #expect(dataset.columns == [TokenColumn("text", vocabularySize: 10, padding: 0)])
    #expect(dataset.classNames == ["bad", "good"])
    #expect(dataset.labels == [1, 0, 1, 0])
    #expect(try dataset.rowNumbers() == [2, 3, 5, 8])
    #expect(dataset.lengths == [[3, 1, 0, 3]])
    #expect(
      try (0..<4).map { try dataset.ids(ofRow: $0) } == [[5, 6, 7], [8], [], [9, 0, 9]])
  }

  @Test func `rows added together give the bytes of rows added one by one`() throws {
    var writer = try writer(
      [TokenColumn("text", vocabularySize: 10, padding: 0)], ["bad", "good"])
    var rows = DatasetRows(columnCount: 1)
    rows.append(to: 0) { $0 += [5, 6, 7, 0, 0] }
    rows.endRow(number: 2, label: 1)
    try writer.append(rows)
    rows = DatasetRows(columnCount: 1)
    for (ids, number, label) in [([0, 0, 8], 3, 0), ([0], 5, 1), ([9, 0, 9], 8, 0)] {
      let added = rows.append(to: 0) { $0 += ids.map { Int32($0) } }
      #expect(added.count == ids.count)
      rows.endRow(number: Int64(number), label: Int32(label))
    }
    #expect(rows.count == 3)
    try writer.append(rows)
    let together = FileManager.default.contents(atPath: try written(writer))
    #expect(together == FileManager.default.contents(atPath: try written(sample())))
  }

  @Test func `a file that is read in pieces gives what a mapped one gives`() throws {
    let path = try written(sample())
    let mapped = try Dataset(path: path)
    let read = try Dataset(SafetensorsFile(MappedFile(path, largeFrom: 0)))
    #expect(read.labels == mapped.labels && read.lengths == mapped.lengths)
    #expect(try read.rowNumbers() == mapped.rowNumbers())
    #expect(try (0..<4).map(read.number) == [2, 3, 5, 8])
    let rows: ArraySlice<Int32> = [3, 0, 2]
    #expect(try read.classification().batch(rows) == mapped.classification().batch(rows))
    for dataset in [mapped, read] {
      var rows: [[Int32]] = []
      try dataset.forEachRow(in: 1..<4) { row, ids in
        #expect(row == rows.count + 1)
        rows.append(ids.indices.map { ids[$0] })
      }
      #expect(rows == [[0, 0, 8], [0], [9, 0, 9]])
    }
  }

  @Test(arguments: [2_000, 20_000])
  func `the rows under way take no more memory, the more they are`(_ count: Int) throws {
    let folder = try TemporaryFolder()
    var writer = try DatasetWriter(
      columns: ["source", "target"].map { TokenColumn($0, vocabularySize: 99, padding: 0) },
      classNames: ["a", "b"], spoolingIn: folder.path(""), mostHeld: 1 << 20)
    func row(_ number: Int) -> [[Int32]] {
      [40, 120].map { length in (0..<length).map { Int32(1 + (number &* 31 + $0) % 98) } }
    }
    var most = 0
    for number in 0..<count {
      try writer.append(row(number), number: Int64(number), label: Int32(number % 2))
      most = max(most, writer.heldByteCount)
    }
    // Eight tensors, of which each spills once it has a megabyte.
    #expect(most <= 8 << 20)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(""))
    #expect(names.isEmpty)
    let dataset = try Dataset(path: try written(writer))
    #expect(dataset.count == count)
    for number in stride(from: 0, to: count, by: 997) {
      #expect(try (0..<2).map { try dataset.ids(ofRow: number, column: $0) } == row(number))
      #expect(dataset.labels[number] == Int32(number % 2))
    }
    var next = 0
    try dataset.forEachRow(of: 1) { place, ids in
      if place != next || ids[0] != Int32(1 + place &* 31 % 98) { Issue.record("row \(place)") }
      next += 1
    }
    #expect(next == count)
  }

  @Test func `rows that cannot wait anywhere are one clear error`() throws {
    var writer = try DatasetWriter(
      columns: [TokenColumn("text", vocabularySize: 9, padding: 0)],
      spoolingIn: folder.path("absent"), mostHeld: 1 << 20)
    let row = [Int32](repeating: 1, count: 1 << 18)
    let failure = #expect(throws: Diagnostic.self) { try writer.append([row], number: 1) }
    #expect(failure?.message.problem.contains("cannot make the file") == true)
  }

  @Test func `a batch is filled up to its longest row, an empty row being one padding`() throws {
    let examples = try Dataset(path: try written(sample())).classification()
    let batch = try examples.batch([2, 0, 1])
    #expect(batch.width == 3)
    #expect(batch.tokens == [0, 0, 0, 5, 6, 7, 8, 0, 0])
    #expect(batch.lengths == [1, 3, 1])
    #expect(batch.labels == [1, 1, 0])
    #expect(examples.tokenCount(of: [0, 1]) == 4)
  }

  @Test func `rows in memory make the batches that a file of them makes`() throws {
    let stored = try Dataset(path: try written(sample())).classification()
    let rows = Examples(
      rows: [[5, 6, 7], [8], [], [9, 0, 9]], labels: [1, 0, 1, 0], padding: 0)
    #expect(rows.lengths == stored.lengths)
    #expect(try (0..<4).map(rows.number) == [1, 2, 3, 4])
    #expect(try rows.batch([3, 2, 1]) == stored.batch([3, 2, 1]))
  }

  @Test func `two columns are kept apart, and rows need no labels`() throws {
    var writer = try writer([
      TokenColumn("source", vocabularySize: 9, padding: 1),
      TokenColumn("target", vocabularySize: 5, padding: 1),
    ])
    try writer.append([[1, 1, 8], [4, 1]], number: 0)
    try writer.append([[7], [3, 2, 1]], number: 1)
    let dataset = try Dataset(path: try written(writer))
    #expect(dataset.labels.isEmpty)
    #expect(dataset.lengths == [[1, 1], [1, 2]])
    #expect(try dataset.ids(ofRow: 1, column: 1) == [3, 2])
    #expect(try dataset.classification(column: 1).batch([0, 1]).labels == [0, 0])
  }

  @Test func `pairs to learn from are those whose sentences both have a length in range`() throws {
    var writer = try writer([
      TokenColumn("source", vocabularySize: 9, padding: 1, end: 2),
      TokenColumn("target", vocabularySize: 9, padding: 1, end: 2),
    ])
    try writer.append([[5, 2], [6, 7, 2]], number: 3)
    try writer.append([[2], [6, 2]], number: 4)
    try writer.append([[5, 6, 2], [7, 2]], number: 6)
    try writer.append([[5, 2], [6, 7, 8, 2]], number: 7)
    let examples = try Dataset(path: try written(writer)).translation(sentenceLengths: 2...3)
    #expect(try (0..<2).map(examples.number) == [3, 6])
    #expect(examples.lengths == [[2, 3], [3, 2]])
    let batch = try examples.batch([1, 0])
    #expect(batch.source.rows == [[5, 6, 2], [5, 2]])
    #expect(batch.target.rows == [[7, 2], [6, 7, 2]])
  }

  @Test func `balanced weights make each class count the same, absent ones not at all`() throws {
    var writer = try writer(
      [TokenColumn("text", vocabularySize: 2, padding: 0)], ["often", "once", "never"])
    for row in 0..<4 { try writer.append([[1]], number: Int64(row), label: row == 2 ? 1 : 0) }
    let dataset = try Dataset(path: try written(writer))
    #expect(dataset.classCounts == [3, 1, 0])
    #expect(dataset.balancedClassWeights == [2.0 / 3, 2, 0])
  }

  @Test func `no rows are a dataset too`() throws {
    let empty = try writer([TokenColumn("text", vocabularySize: 1, padding: 0)])
    let dataset = try Dataset(path: try written(empty))
    #expect(dataset.count == 0)
    #expect(dataset.lengths == [[]])
  }

  @Test func `equal rows are equal bytes`() throws {
    let files = try (0..<2).map { _ in try Data(contentsOf: URL(filePath: written(sample()))) }
    #expect(files[0] == files[1])
  }

  /// A sound file's tensors, one of them replaced, and what must be said about it.
  struct Broken: CustomTestStringConvertible, Sendable {
    let tensor: String
    let values: [Int]
    let said: String
    var testDescription: String { "\(tensor) = \(values)" }

    static let all = [
      Broken(tensor: "text.ids", values: [5, 6, 10], said: "the id 10 of a vocabulary of 10"),
      Broken(tensor: "text.ids", values: [5, -1, 7], said: "the id -1 of a vocabulary of 10"),
      Broken(tensor: "text.offsets", values: [0, 2], said: "2 offsets for 2 rows"),
      Broken(tensor: "text.offsets", values: [0, 2, 9], said: "do not span its 3 ids"),
      Broken(tensor: "text.offsets", values: [0, 4, 3], said: "ends row 1 before it starts"),
      Broken(tensor: "text.lengths", values: [1, 1], said: "says row 0 is 1 ids long"),
      Broken(tensor: "text.lengths", values: [2], said: "1 lengths for 2 rows"),
      Broken(tensor: "labels", values: [0, 2], said: "row 1 has the label 2 of 2 classes"),
      Broken(tensor: "labels", values: [0], said: "1 labels of 2 rows"),
    ]
  }

  @Test(arguments: Broken.all)
  func `tensors that do not fit together are refused with the reason`(_ broken: Broken) throws {
    var tensors: [String: [Int]] = [
      "text.ids": [5, 6, 7], "text.offsets": [0, 2, 3], "text.lengths": [2, 1],
      "labels": [0, 1], "rows": [1, 2],
    ]
    let path = folder.path("sound.safetensors")
    try write(tensors, to: path)
    #expect(try Dataset(path: path).count == 2)
    tensors[broken.tensor] = broken.values
    try write(tensors, to: path)
    for bound in [0, MappedFile.largeByteCount] {
      do throws(Diagnostic) {
        _ = try Dataset(SafetensorsFile(MappedFile(path, largeFrom: bound)))
        Issue.record("it was not refused")
      } catch {
        #expect(error.message.problem.contains(broken.said), "\(error.message.problem)")
        #expect(error.message.problem.contains(path))
      }
    }
  }

  @Test func `a tensor file that is no dataset is refused`() throws {
    let path = folder.path("weights.safetensors")
    try write(["rows": []], to: path, metadata: [])
    #expect(throws: Diagnostic.self) { try Dataset(path: path) }
  }

  private func write(
    _ tensors: [String: [Int]], to path: String,
    metadata: [(name: String, value: String)] = [
      ("format", "millrace dataset 1"),
      ("columns", #"[{"name":"text","vocabulary-size":10,"padding":0}]"#),
      ("classes", #"["a","b"]"#),
    ]
  ) throws {
    let isWide = ["rows", "text.offsets"]
    let writer = SafetensorsWriter(
      tensors.map {
        .init($0.key, isWide.contains($0.key) ? .int64 : .int32, shape: [$0.value.count])
      },
      metadata: metadata)
    var file = try OutputFile(path)
    try writer.write(into: &file) { declaration, file throws(Diagnostic) in
      let values = tensors[declaration.name] ?? []
      if isWide.contains(declaration.name) {
        try file.write(elements: values.map { Int64($0) })
      } else {
        try file.write(elements: values.map { Int32($0) })
      }
    }
    try file.commit()
  }
}
