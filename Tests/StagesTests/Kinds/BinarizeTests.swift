import Artifacts
import Datasets
import Diagnostics
import Foundation
import Testing

struct BinarizeTests {
  @Test func `a dataset holds ids, lengths, labels and the lines of its rows`() throws {
    let result = try run("b a\n\na <pad> q <pad>\n", "yes\nno\nyes\n", parts: "train = \"rest\"")
    let file = try result.tensors("binarize")
    let ids: [Int32] = try file.values("text.ids")
    let offsets: [Int64] = try file.values("text.offsets")
    let lengths: [Int32] = try file.values("text.lengths")
    let labels: [Int32] = try file.values("labels")
    let rows: [Int64] = try file.values("rows")
    // The vocabulary is <pad> <unk> a b q, padding being an entry already.
    #expect(ids == [3, 2, 2, 0, 4, 0])
    #expect(offsets == [0, 2, 2, 6])
    #expect(lengths == [2, 0, 3])
    #expect(labels == [1, 0, 1])
    #expect(rows == [1, 2, 3])
    let dataset = try Dataset(file)
    #expect(dataset.classNames == ["no", "yes"])
    #expect(dataset.columns[0].vocabularySize == 5)
  }

  @Test func `a dataset is laid out as other programs read safetensors`() throws {
    let result = try run("b a\na\n", "1\n2\n", parts: "train = \"rest\"")
    let data = Data(try result.bytes("binarize"))
    let headerCount = Int(data.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) })
    let header = try #require(
      try JSONSerialization.jsonObject(with: data[8..<8 + headerCount]) as? [String: Any])
    #expect(headerCount % 8 == 0)
    let labels = try #require(header["labels"] as? [String: Any])
    #expect(labels["dtype"] as? String == "I32")
    #expect(labels["shape"] as? [Int] == [2])
    let offsets = try #require(labels["data_offsets"] as? [Int])
    #expect(
      Array(data[8 + headerCount + offsets[0]..<8 + headerCount + offsets[1]])
        == [0, 0, 0, 0, 1, 0, 0, 0])
    #expect((header["text.offsets"] as? [String: Any])?["dtype"] as? String == "I64")
    #expect(header["__metadata__"] is [String: String])
  }

  @Test(arguments: [
    ("10\n9\n-1\n10\n", ["-1", "9", "10"]),
    ("b\na\nB\nb\n", ["B", "a", "b"]),
    ("10\n9\nx\n10\n", ["10", "9", "x"]),
    ("1\n01\n2\n2\n", ["01", "1", "2"]),
  ])
  func `classes are in order, numbers as numbers`(_ labels: String, _ names: [String]) throws {
    let result = try run("a\nb\nc\nd\n", labels, parts: "train = \"rest\"")
    #expect(try result.fact("binarize", "classes")?.arrayValue?.compactMap(\.stringValue) == names)
  }

  @Test func `a class no training row has is refused with its line`() throws {
    let failure = try #require(
      try run("a\nb\nc\n", "x\ny\nz\n", parts: "train = 2, test = \"rest\"").failure)
    #expect(
      "\(failure)" == """
        split.test:3: error: 'split.test' has the class 'z', which no training row has
          try: the classes are x, y; stratify the split
        """)
  }

  @Test func `a part without rows is refused`() throws {
    let failure = try #require(
      try run("a\nb\n", "x\ny\n", parts: "train = 2, test = \"rest\"").failure)
    #expect(failure.message.problem == "'split.test' has no rows")
  }

  private func run(_ text: String, _ labels: String, parts: String) throws -> PipelineResult {
    try TemporaryPipeline(files: ["a.txt": text, "b.txt": labels]).run(
      """
      [stage.load]
      files = { text = "a.txt", label = "b.txt" }
      [stage.split]
      from = "load"
      shuffle = false
      parts = { \(parts) }
      [stage.words]
      kind = "learn-vocabulary"
      from = "split.train"
      [stage.binarize]
      from = "split"
      vocabulary = "words"
      """)
  }
}
