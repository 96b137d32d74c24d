import Diagnostics
import HostileInputs
import Testing
import Text

@Suite struct `Files whose lines or whole texts have a class` {
  private func fastText(
    _ text: String, prefix: String = "__label__", _ several: SeveralLabels = .refuse, step: Int = 5
  ) throws(Diagnostic) -> Rows {
    var reader = FastTextReader(
      Decoder(ByteChunks(text, step: step), file: "in.txt"), file: "in.txt", prefix: prefix,
      severalLabels: several)
    var rows = Rows()
    while let batch = try reader.next() { rows.append(batch) }
    rows.skipped = reader.skipped.count
    return rows
  }

  @Test(arguments: [
    ("__label__spam Buy  now!\r\n\n__label__ham Hi\n", [["Buy  now!", "spam"], ["Hi", "ham"]]),
    ("Buy now __label__spam\n", [["Buy now", "spam"]]),
    ("no label here\n", [["no label here", ""]]),
    ("__label__a\n__label__ x", [["", "a"], ["__label__ x", ""]]),
  ])
  func `fastText's lines are rows`(text: String, fields: [[String]]) throws {
    #expect(try fastText(text).fields == fields)
  }

  @Test func `rows of fastText know their lines, and another prefix may be named`() throws {
    let rows = try fastText("\nL_x a\nL_y b\n", prefix: "L_")
    #expect(rows.fields == [["a", "x"], ["b", "y"]] && rows.origins == ["2", "3"])
  }

  @Test func `several labels of a line are refused, cut to the first, or left out`() throws {
    let text = "__label__a x\n__label__b __label__c y\n"
    let error = #expect(throws: Diagnostic.self) { try fastText(text) }
    #expect(error?.message.problem == "this line has 2 labels, and a row has one class")
    #expect(error?.place?.line == 2)
    #expect(try fastText(text, .first).fields == [["x", "a"], ["y", "b"]])
    let skipped = try fastText(text, .skip)
    #expect(skipped.fields == [["x", "a"]] && skipped.skipped == 1)
  }

  @Test func `the lines of a class's file are its rows, or the whole file is one`() throws {
    let text = "one\r\ntwo\n\nthree\n\n"
    func reader() -> LabelledTextReader<Decoder<ByteChunks>> {
      LabelledTextReader(
        Decoder(ByteChunks(text, step: 4), file: "pos"), file: "pos", number: 2, label: "pos")
    }
    var rows = Rows()
    let lines = reader()
    while let batch = try lines.nextLines() { rows.append(batch) }
    #expect(rows.fields.map { $0[0] } == ["one", "two", "", "three", ""])
    #expect(rows.fields.allSatisfy { $0[1] == "pos" } && rows.origins[3] == "2:4")
    var whole = RowBatch(columnCount: 2)
    try reader().appendText(to: &whole, Origin(line: 7))
    #expect(whole.text(0, 0) == "one\ntwo\n\nthree" && whole.origins[0].line == 7)
  }

  @Test func `a pattern cuts the class out of labels`() throws {
    var batch = RowBatch(columnCount: 2)
    batch.append(["how", "DESC:manner"], Origin(line: 1))
    batch.append(["who", "HUM:ind"], Origin(line: 2))
    batch.append(["none", " "], Origin(line: 3))
    var group = try LabelPattern("^([A-Z]+):")
    var whole = try LabelPattern("^[A-Z]+")
    for cut in [
      try batch.cutting(column: 1, by: &group, files: ["a"]),
      try batch.cutting(column: 1, by: &whole, files: ["a"]),
    ] {
      #expect((0..<3).map { cut.text($0, 1) } == ["DESC", "HUM", ""])
      #expect((0..<3).map { cut.text($0, 0) } == ["how", "who", "none"])
    }
    batch.append(["odd", "x"], Origin(line: 9))
    let error = #expect(throws: Diagnostic.self) {
      try batch.cutting(column: 1, by: &group, files: ["a"])
    }
    #expect(error?.place == Place(file: "a", line: 9))
  }

  @Test(arguments: [
    ("sep=;\na;b\n1;2\n", ["a", "b"], [["1", "2"]]),
    ("sep=,\r\na,b\r\n1,2", ["a", "b"], [["1", "2"]]),
    ("\"sep=|\"\na|b\n1|2\n", ["a", "b"], [["1", "2"]]),
    ("SEP=\t\na\tb\n1\t2\n", ["a", "b"], [["1", "2"]]),
    ("sep=;;\n1\n", ["sep=;;"], [["1"]]), ("sep=\n1\n", ["sep="], [["1"]]),
  ])
  func `the line with which Excel says the delimiter is heeded`(
    text: String, columns: [String], fields: [[String]]
  ) throws {
    for step in [1, Int.max] {
      let rows = try Rows(Array(text.utf8), step: step)
      #expect(rows.columns == columns && rows.fields == fields)
      #expect(columns.count == 1 || rows.origins == ["3"])
    }
  }
}
