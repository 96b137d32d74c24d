import Diagnostics
import Fixtures
import HostileInputs
import Testing
import Text

struct TableTextTests {
  @Test func `a table is tab-separated lines under a header, with the origin first`() throws {
    var batch = RowBatch(columnCount: 2)
    batch.append(["a\tb", "c\\\n\r"], Origin(line: 2))
    batch.append(["", "é"], Origin(file: 2, line: 17))
    var writer = try TableWriter(columns: ["text", "label"], to: ByteHeap())
    try writer.append(batch)
    #expect(writer.rowCount == 2)
    let text = String(decoding: writer.finish().bytes, as: UTF8.self)
    #expect(text == "line\ttext\tlabel\n2\ta\\tb\tc\\\\\\n\\r\n2:17\t\té\n")
  }

  @Test func `any table comes back as it was written, however it is cut`() throws {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("ab\t\n\r\\né ".unicodeScalars)
    func text() -> String {
      var text = ""
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        text.unicodeScalars.append(alphabet.randomElement(using: &random) ?? "x")
      }
      return text
    }
    for _ in 0..<2_000 {
      let columns = (0..<Int.random(in: 1...3, using: &random)).map { "\($0)\(text())" }
      var batch = RowBatch(columnCount: columns.count)
      for _ in 0..<Int.random(in: 0...5, using: &random) {
        let origin = Origin(
          file: Int.random(in: 1...3, using: &random), line: Int.random(in: 1...999, using: &random)
        )
        batch.append(columns.map { _ in text() }, origin)
      }
      var writer = try TableWriter(columns: columns, to: ByteHeap())
      try writer.append(batch)
      let bytes = writer.finish().bytes
      let read = try Rows(table: bytes, step: Int.random(in: 1...40, using: &random))
      #expect(read.columns == columns)
      #expect(
        read.fields == (0..<batch.count).map { row in columns.indices.map { batch.text(row, $0) } })
      #expect(read.origins == batch.origins.map(\.description))
    }
  }

  @Test func `of columns that are not read, fields are empty and their lines are counted`() throws {
    let lines = TableLines(columnCount: 3, file: "table").reading([1])
    let batch = try lines.rows(of: Array("2\ta\\q\tb\\n\tc\n5\t\tx\t\n".utf8).span, firstLine: 2)
    #expect(batch.origins == [Origin(line: 2), Origin(line: 5)])
    let fields = (0..<2).map { row in (0..<3).map { batch.text(row, $0) } }
    #expect(fields == [["", "b\n", ""], ["", "x", ""]])
    let error = #expect(throws: Diagnostic.self) {
      try lines.rows(of: Array("2\ta\tb\tc\n3\ta\tb\n".utf8).span, firstLine: 7)
    }
    #expect(error?.place?.line == 8)
  }

  @Test func `rows that are looked at where they stand are those of a batch`() throws {
    var random = SeededNumbers(seed: 3)
    let alphabet = Array("1:ab\\\t\n\\nt\r 9".utf8)
    for _ in 0..<20_000 {
      var text: [UInt8] = []
      for line in 0..<Int.random(in: 0...3, using: &random) {
        text += Array("\(line + 1)\ta\\n \tb\n".utf8)
        if Int.random(in: 0..<4, using: &random) == 0 {
          let place = text.indices.randomElement(using: &random) ?? 0
          text[place] = alphabet.randomElement(using: &random) ?? 0x20
        }
      }
      for read in [[0, 1], [1], []] {
        let lines = TableLines(columnCount: 2, file: "table").reading(read)
        let twin = Result { try lines.rows(of: text.span, firstLine: 5) }
        var found = RowBatch(columnCount: 2)
        let outcome = Result {
          try lines.forEachRow(of: text.span, firstLine: 5) { origin, bytes, fields in
            for column in fields.indices { found.append(bytes.extracting(fields[column])) }
            found.endRow(origin)
          }
        }
        switch (twin, outcome) {
        case (.success(let batch), .success): #expect(found == batch)
        case (.failure(let error), .failure(let other)):
          #expect((error as? Diagnostic)?.place == (other as? Diagnostic)?.place)
        default: Issue.record("\(twin) but \(outcome) of \(text)")
        }
      }
    }
  }

  @Test(arguments: [
    ("", 1, "it has no header line"),
    ("row\ta\n", 1, "its first column is not 'line'"),
    ("line\ta\nx\t1\n", 2, "its first column holds no line number"),
    ("line\ta\n1:2\t1\n", 2, "its first column holds no line number"),
    ("line\ta\n99999999999999999999\t1\n", 2, "its first column holds no line number"),
    ("line\ta\tb\n1\tx\n", 2, "it has 1 of 2 fields"),
    ("line\ta\n1\tx\n2\tx\ty\n", 3, "it has more than 1 fields"),
    ("line\ta\n1\tx\\q\n", 2, "a backslash in it is not one of \\\\ \\t \\n \\r"),
    ("line\ta\n1\tx\\\n", 2, "a backslash in it is not one of \\\\ \\t \\n \\r"),
    ("line\ta\n1\tx", 2, "its last line is cut short"),
  ])
  func `a damaged table is refused with its line`(text: String, line: Int, what: String) {
    let error = #expect(throws: Diagnostic.self) { try Rows(table: Array(text.utf8)) }
    #expect(error?.place == Place(file: "table.tsv", line: line))
    #expect(
      error?.message.problem == "this is not a table artifact as it was written: \(what)")
  }
}
