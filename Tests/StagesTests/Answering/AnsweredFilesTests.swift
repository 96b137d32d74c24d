import Diagnostics
import Files
import Fixtures
import Stages
import Testing
import Text

/// Files as people have them, answered by a model that tells how many bytes each text has.
struct AnsweredFilesTests {
  struct Example: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var name = "in.csv"
    let bytes: [UInt8]
    var column = "text"
    var settings: [String] = []
    var badRows = BadRows.skip
    var format = TableFileFormat.csv
    /// What is written, or a part of the error.
    let expected: String
    var skipped = 0

    init(
      _ description: String, name: String = "in.csv", _ text: String, column: String = "text",
      settings: [String] = [], badRows: BadRows = .skip, as format: TableFileFormat = .csv,
      skipped: Int = 0, gives expected: String
    ) {
      self.init(
        description, name: name, bytes: Array(text.utf8), column: column, settings: settings,
        badRows: badRows, as: format, skipped: skipped, gives: expected)
    }

    init(
      _ description: String, name: String = "in.csv", bytes: [UInt8], column: String = "text",
      settings: [String] = [], badRows: BadRows = .skip, as format: TableFileFormat = .csv,
      skipped: Int = 0, gives expected: String
    ) {
      testDescription = description
      self.name = name
      self.bytes = bytes
      self.column = column
      self.settings = settings
      self.badRows = badRows
      self.format = format
      self.expected = expected
      self.skipped = skipped
    }
  }

  @Test(arguments: [
    Example(
      "all columns are kept, in their order", "id,text,note\n1,abc,x\n2,de,\n",
      gives: "id,text,note,label,probability\n1,abc,x,L3,0.5\n2,de,,L2,0.5\n"),
    Example(
      "line breaks, delimiters and quotes stand in quotes",
      "id,text\r\n1,\"a\nb\"\r\n2,\"say \"\"x\"\", y\"\r\n",
      gives: "id,text,label,probability\n1,\"a\nb\",L3,0.5\n2,\"say \"\"x\"\", y\",L10,0.5\n"),
    Example(
      "a header may have empty and equal names", ",text,x,x\n0,ab,1,2\n",
      gives: ",text,x,x,label,probability\n0,ab,1,2,L2,0.5\n"),
    Example(
      "tabs, where quotes are text", name: "in.tsv", "text\tid\n\"a\\b\"\t1\n", as: .tsv,
      gives: "text\tid\tlabel\tprobability\n\"a\\\\b\"\t1\tL5\t0.5\n"),
    Example(
      "another delimiter and another encoding",
      bytes: Array("text;id\n".utf8) + [0xE9, 0x3B, 0x31],
      settings: ["delimiter=;", "encoding=windows-1252"],
      gives: "text,id,label,probability\né,1,L2,0.5\n"),
    Example(
      "a byte order mark of UTF-16",
      bytes: [0xFF, 0xFE] + "text\nab\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
      gives: "text,label,probability\nab,L2,0.5\n"),
    Example(
      "without a header columns have numbers", "abc,1\n", column: "1", settings: ["header=false"],
      gives: "1,2,label,probability\nabc,1,L3,0.5\n"),
    Example(
      "JSON Lines, whose rows have different members", name: "in.jsonl",
      "{\"text\": \"a\\nb\", \"n\": 1}\n{\"user\": {\"id\": 7}, \"text\": \"c\"}\n", as: .jsonLines,
      gives: """
        {"text":"a\\nb","n":"1","user.id":"","label":"L3","probability":0.5}
        {"text":"c","n":"","user.id":"7","label":"L1","probability":0.5}

        """),
    Example(
      "a list of objects within another", name: "in.json",
      "{\"rows\": [{\"text\": \"abc\"}]}", settings: ["rows=rows"],
      gives: "text,label,probability\nabc,L3,0.5\n"),
    Example("no rows give a header", "text,id\n", gives: "text,id,label,probability\n"),
    Example(
      "one bad row is left out", "text,id\na,1\nb\nc,3\n", skipped: 1,
      gives: "text,id,label,probability\na,1,L1,0.5\nc,3,L1,0.5\n"),
    Example(
      "one bad row is left empty", "text,id\na,1\nb\nc,3\n", badRows: .blank, skipped: 1,
      gives: "text,id,label,probability\na,1,L1,0.5\n,,,\nc,3,L1,0.5\n"),
    Example(
      "one bad row of JSON is left empty", name: "in.jsonl",
      "{\"text\":\"a\"}\n{\"text\n{\"text\":\"b\"}\n",
      badRows: .blank, as: .jsonLines, skipped: 1,
      gives: """
        {"text":"a","label":"L1","probability":0.5}
        {"text":"","label":null,"probability":null}
        {"text":"b","label":"L1","probability":0.5}

        """),
    Example(
      "bytes that are not in the encoding are replaced",
      bytes: Array("text\na".utf8) + [0xFF, 0x0A],
      gives: "text,label,probability\na\u{FFFD},L4,0.5\n"),
    Example(
      "a quote within a field is text", "text,id\nthe 5\" disk,1\n",
      gives: "text,id,label,probability\n\"the 5\"\" disk\",1,L11,0.5\n"),
  ])
  func `rows are kept and answered`(_ example: Example) throws {
    let (written, skipped) = try answer(example)
    #expect(written == example.expected)
    #expect(skipped == example.skipped)
  }

  @Test(arguments: [
    Example("an empty file", "", gives: "in.csv: error: the file is empty"),
    Example(
      "a missing column", "id,txet\n1,a\n", gives: "has no column 'text'; did you mean 'txet'?"),
    Example("two columns of the name", "text,text\n1,a\n", gives: "has several columns 'text'"),
    Example("a name that is taken", "text,label\na,b\n", gives: "has a column 'label' already"),
    Example(
      "a bad row where the run is to stop", "text,id\na\n", badRows: .stop,
      gives: "in.csv:2: error: expected 2 fields, found 1"),
    Example(
      "bytes that are not in the encoding, where the run is to stop",
      bytes: Array("text\n".utf8) + [0xFF], badRows: .stop, gives: "in.csv:2"),
    Example(
      "a quote that is never closed", "text,id\n\"a,1\nb,2\n",
      gives: "quoted field is never closed"),
    Example(
      "a spreadsheet",
      bytes: [0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 0, count: 26)
        + Array("xl/workbook.xml".utf8), gives: "this is an Excel file"),
    Example(
      "a misspelt option of load", "text\na\n", settings: ["delimitr=;"],
      gives: "load has no option 'delimitr'; did you mean 'delimiter'?"),
    Example(
      "an option without a value", "text\na\n", settings: ["delimiter"],
      gives: "--load wants OPTION=VALUE"),
    Example(
      "an option of another format", name: "in.jsonl", "{}", settings: ["delimiter=;"],
      gives: "delimiter means nothing to a JSON file"),
  ])
  func `what cannot be read is one clear error`(_ example: Example) throws {
    let error = try #require(throws: Diagnostic.self) { try answer(example) }
    #expect(error.description.contains(example.expected), "\(error)")
  }

  @Test func `lines are rows of one column`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("in.txt", "a, b\n\nc\n")
    let reading = try TableReading(path, settings: [], from: "--load", badRows: .skip)
    let input = try TableInput(path, reading, layout: .lines)
    var output = BytesInMemory()
    var answering = try TableAnswering(
      Lengths(), of: input, text: ["text"], as: .csv, cores: 1, option: "--prefix p-")
    #expect(
      try answering.run(input, into: &output, report: { _ in }, shouldStop: { false }))
    #expect(
      output.text == "text,label,probability\n\"a, b\",L4,0.5\n,L0,0.5\nc,L1,0.5\n")
  }

  @Test func `what is written does not depend on cores and pieces, and it stops when asked`() throws
  {
    let folder = try TemporaryFolder()
    let rows = (0..<30_000).map { "\($0),\(String(repeating: "x", count: $0 % 40))\n" }
    let path = try folder.write("in.csv", "id,text\n" + rows.joined())
    func run(cores: Int, stopping: Bool = false) throws -> (
      text: String, isWhole: Bool, chunks: Int
    ) {
      let reading = try TableReading(path, settings: [], from: "--load", badRows: .skip)
      let input = try TableInput(path, reading, layout: .rows)
      var output = BytesInMemory()
      var answering = try TableAnswering(
        Lengths(), of: input, text: ["text"], as: .csv, cores: cores, option: "--prefix p-")
      var chunks = 0
      let isWhole = try answering.run(
        input, into: &output, report: { _ in chunks += 1 },
        shouldStop: { stopping && chunks > 0 })
      return (output.text, isWhole, chunks)
    }
    let one = try run(cores: 1)
    #expect(one.isWhole && one.chunks > 1)
    #expect(try run(cores: 4).text == one.text)
    #expect(one.text.split(separator: "\n").count == 30_001)
    #expect(one.text.hasSuffix("29999,\(String(repeating: "x", count: 39)),L39,0.5\n"))
    let stopped = try run(cores: 1, stopping: true)
    #expect(!stopped.isWhole && stopped.chunks == 1)
  }

  private func answer(_ example: Example) throws -> (text: String, skipped: Int) {
    let folder = try TemporaryFolder()
    let path = try folder.write(example.name, bytes: example.bytes)
    let reading = try TableReading(
      path, settings: example.settings, from: "--load", badRows: example.badRows)
    let input = try TableInput(path, reading, layout: .rows)
    var output = BytesInMemory()
    var answering = try TableAnswering(
      Lengths(), of: input, text: [example.column], as: example.format, cores: 2,
      option: "--prefix predicted-")
    _ = try answering.run(input, into: &output, report: { _ in }, shouldStop: { false })
    return (output.text, input.skipped.count)
  }
}

/// Answers a text with its length.
private struct Lengths: RowAnswers {
  let columns = [AnswerColumn("label"), AnswerColumn("probability", isNumber: true)]
  let chunkSize = 4
  let cutCount = 0
  let longestText = 100

  func answers(to texts: [[UInt8]]) -> RowBatch {
    var batch = RowBatch(columnCount: 2)
    for text in texts { batch.append(["L\(text.count)", "0.5"], Origin(line: 1)) }
    return batch
  }
}

private struct BytesInMemory: ByteSink {
  private var bytes: [UInt8] = []

  var byteCount: Int { bytes.count }
  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func write(_ span: Span<UInt8>) {
    for index in span.indices { bytes.append(span[index]) }
  }
}
