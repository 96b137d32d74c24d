import Datasets
import Diagnostics
import Fixtures
import Formats
import Foundation
import PipelineFixtures
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
    // The vocabulary is <pad> <unk> \<pad> a b q: what looks like padding in a text is a word.
    #expect(ids == [4, 3, 3, 2, 5, 2])
    #expect(offsets == [0, 2, 2, 6])
    #expect(lengths == [2, 0, 4])
    #expect(labels == [1, 0, 1])
    #expect(rows == [1, 2, 3])
    let dataset = try Dataset(file)
    #expect(dataset.classNames == ["no", "yes"])
    #expect(dataset.columns[0].vocabularySize == 6)
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
    ("10.0\n2.0\n1.0\n10.0\n", ["1.0", "2.0", "10.0"]),
    ("0.5\n-1\n10\n0.25\n", ["-1", "0.25", "0.5", "10"]),
    ("1\n1.0\n10\n2\n", ["1", "1.0", "10", "2"]),
    ("nan\n10\n9\n9\n", ["10", "9", "nan"]),
    ("1\n01\n2\n2\n", ["01", "1", "2"]),
  ])
  func `classes are in order, numbers as numbers`(_ labels: String, _ names: [String]) throws {
    let result = try run("a\nb\nc\nd\n", labels, parts: "train = \"rest\"")
    #expect(try result.fact("binarize", "classes")?.arrayValue?.compactMap(\.stringValue) == names)
  }

  @Test func `labels no training row has are refused with the place of the first and their counts`()
    throws
  {
    let result = try run("a\nb\nc\nd\n", "xx\ny\nx\nzebra\n", parts: "train = 2, test = \"rest\"")
    let failure = try #require(result.failure)
    #expect(failure.place?.file == result.folder.path("a.txt"))
    #expect(failure.place?.line == 3)
    #expect(
      failure.message.problem == """
        2 rows of 'split.test' have classes that no training row has: 'x' (1 row); did you mean \
        'xx'?, 'zebra' (1 row)
        """)
  }

  @Test func `rows with unseen labels, or without one, are left out when asked, and counted`()
    throws
  {
    let result = try run(
      "a\nb\nc\nd\ne\n", "x\ny\n\nz\nx\n", parts: "train = 3, test = \"rest\"",
      "unlabelled = \"skip\"\nunseen-labels = \"skip\"")
    #expect(result.failure == nil)
    #expect(try result.fact("binarize", "classes")?.arrayValue?.count == 2)
    #expect(try result.fact("binarize", "unlabelled.train") == 1)
    #expect(try result.fact("binarize", "unseen-labels.test") == 1)
    #expect(try result.fact("binarize", "rows") == 3)
    #expect(
      result.notices.map(\.message.problem) == [
        "1 row without a label of 'split.train' left out",
        "1 row with a label that no training row has of 'split.test' left out: 'z' (1 row); did you mean"
          + " 'x'?",
      ])
  }

  @Test(arguments: ["", "  ", "\u{A0}", "\u{3000}\u{200B}"])
  func `an empty label is no class, and is refused with its lines`(_ label: String) throws {
    let failure = try #require(
      try run("a\nb\nc\nd\n", "x\n\(label)\ny\n\(label)\n", parts: "train = \"rest\"").failure)
    #expect(failure.message.problem == "2 rows of 'split' have no label: lines 2, 4")
    #expect(failure.place?.line == 2)
  }

  @Test func `blanks at the ends of a label make no other class, and NA is a label like any other`()
    throws
  {
    let result = try run(
      "a\nb\nc\nd\ne\nf\n", "x\nx \n\u{A0}x\nNA\nNone\nnull\n", parts: "train = \"rest\"")
    let classes = try result.fact("binarize", "classes")?.arrayValue?.compactMap(\.stringValue)
    #expect(classes == ["NA", "None", "null", "x"])
  }

  @Test func `rows of one class only are refused`() throws {
    let failure = try #require(try run("a\nb\n", "x\nx\n", parts: "train = \"rest\"").failure)
    #expect(
      failure.message.problem == "there is one class only: all 2 rows of 'split' are 'x'")
  }

  @Test func `words that look like special tokens are words`() throws {
    let result = try run(
      "a </s> <pad>\n<unk> b <s>\n", "x\ny\n", parts: "train = \"rest\"")
    #expect(
      try result.text("words") == """
        <pad>\t0
        <unk>\t0
        \\</s>\t1
        \\<pad>\t1
        \\<s>\t1
        \\<unk>\t1
        a\t1
        b\t1

        """)
    let ids = try result.tensors("binarize").values("text.ids", of: Int32.self)
    #expect(ids == [6, 2, 3, 5, 7, 4])
  }

  @Test func `padding is padding, and the same word inside a text is a word`() throws {
    let result = try TemporaryPipeline(files: ["a.txt": "a <pad> b\nc\n", "b.txt": "x\ny\n"]).run(
      """
      [stage.load]
      files = { text = "a.txt", label = "b.txt" }
      [stage.pad]
      from = "load"
      [stage.words]
      kind = "learn-vocabulary"
      from = "pad"
      [stage.binarize]
      from = "pad.table"
      vocabulary = "words"
      """)
    #expect(
      try result.text("words") == "<pad>\t0\n<unk>\t0\n\\<pad>\t1\na\t1\nb\t1\nc\t1\n")
    let ids = try result.tensors("binarize").values("text.ids", of: Int32.self)
    #expect(ids == [3, 2, 4, 5, 0, 0])
  }

  @Test func `a part without rows is refused`() throws {
    let failure = try #require(
      try run("a\nb\n", "x\ny\n", parts: "train = 2, test = \"rest\"").failure)
    #expect(
      failure.message.problem == "the part 'test' is empty: the others take all of 2 rows")
  }

  private func run(
    _ text: String, _ labels: String, parts: String, _ options: String = ""
  ) throws -> PipelineResult {
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
      \(options)
      """)
  }
}
