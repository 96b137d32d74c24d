import Diagnostics
import HostileInputs
import Testing
import Text

struct MalformedFilesTests {
  @Test(arguments: [
    ("a,b\n1,\"x\n2,y\n", "in.csv:2:3: error: quoted field is never closed"),
    ("a,b\n1,\"x\"y\n", "in.csv:2:6: error: text after the closing quote of a field"),
    ("a,b\nü,x\"y\n", "in.csv:2:4: error: quote inside an unquoted field"),
    ("a,b\n\"1\n\",\"2\"\"\n", "in.csv:3:3: error: quoted field is never closed"),
    ("a,b\n1,2\n1,2,3\n", "in.csv:3: error: expected 2 fields, found 3"),
    ("a,b\n1,2\n1\n", "in.csv:3: error: expected 2 fields, found 1"),
    ("", "in.csv: error: the file is empty"),
    ("\n\n", "in.csv: error: the file is empty"),
    ("a,a\n1,2\n", "in.csv:1: error: the header names two columns 'a'"),
    ("a,\n1,2\n", "in.csv:1: error: the header gives column 2 no name"),
    ("a,\"b\nc\"\n1,2\n", "in.csv:1: error: the header's name of column 2 holds a line break"),
    ("a,b\n1,2\n\0,3\n", "in.csv:3: error: NUL byte in text, at byte offset 8"),
  ])
  func `malformed text is refused where it is wrong`(text: String, message: String) {
    for step in [1, 2, 5, 1000] {
      let error = #expect(throws: Diagnostic.self) { try Rows(Array(text.utf8), step: step) }
      #expect(error?.description.hasPrefix(message) == true, "\(String(describing: error))")
      #expect(error?.message.remedy != nil)
    }
  }

  @Test(arguments: [
    (
      "a,b\n\"open,x\nfine,y\n\"fine, quoted\",z\n",
      """
      in.csv:2:1: error: the quoted field that opens here goes on to line 4, where text follows its end
          2 | "open,x
            | ^
        try: close the quote on its own line, double the quotes inside the field, or set quoting = false
      """
    ),
    (
      "id,a,b\n1, \"good, very\",x\n",
      """
      in.csv:2:4: error: blank before the opening quote of a field
          2 | 1, "good, very",x
            |    ^
        try: set trim = true, which drops blanks around fields, or quoting = false
      """
    ),
    (
      "a,b\r\none,x\r\no\rtwo,b,c\r\n",
      """
      in.csv:3: error: expected 2 fields, found 3
          3 | o�two,b,c
            | ^~~~~~~~~
        try: check the delimiter and the quotes of this line, or set on-error = "skip"
      """
    ),
  ])
  func `an error names what has to be mended`(text: String, told: String) {
    let error = #expect(throws: Diagnostic.self) { try Rows(Array(text.utf8)) }
    #expect(error?.description == told)
  }

  @Test func `an error shows the line with a caret under the wrong place`() {
    let error = #expect(throws: Diagnostic.self) { try Rows(Array("a,b\nü,x\"y\n".utf8)) }
    #expect(
      error?.description == """
        in.csv:2:4: error: quote inside an unquoted field
            2 | ü,x"y
              |    ^
          try: put the field in quotes and double the quotes inside, or set quoting = false
        """)
  }

  @Test func `the first error of a file is the one reported`() {
    let text = "a,b\n1\n1,\"2\"x\n"
    let error = #expect(throws: Diagnostic.self) { try Rows(Array(text.utf8)) }
    #expect(error?.place == Place(file: "in.csv", line: 2))
  }

  @Test func `rows before an error are still handed out`() throws {
    var reader = try DelimitedReader(ByteChunks("a,b\n1,2\n3\n"), file: "in.csv")
    #expect(try reader.next()?.count == 1)
    #expect(throws: Diagnostic.self) { try reader.next() }
  }

  @Test func `skipped rows are counted with the first three as examples`() throws {
    let text = "a,b\n1\n1,2\n1,2,3\nx\n\n1,2,3,4\n5,6\n"
    var reader = try DelimitedReader(ByteChunks(text), file: "in.csv", malformedRows: .skip)
    var count = 0
    while let batch = try reader.next() { count += batch.count }
    #expect(count == 2)
    #expect(reader.skipped.count == 4)
    #expect(reader.skipped.examples.map { $0.place?.line } == [2, 4, 5])
    #expect(reader.skipped.examples.first?.excerpt?.line == "1")
  }

  @Test func `a quoted field beyond the limit is refused where its quote opened`() {
    let dialect = Dialect { $0.maximumRecordBytes = 1 << 20 }
    let text = Array("a,b\n1,\"x".utf8) + Array(repeating: UInt8(ascii: "y"), count: 3 << 20)
    let error = #expect(throws: Diagnostic.self) { try Rows(text, dialect: dialect) }
    #expect(error?.place == Place(file: "in.csv", line: 2, column: 3))
    #expect(error?.message.problem == "quoted field is not closed within 1 MB")
  }

  @Test func `a record of nothing but delimiters has a limit too`() {
    let dialect = Dialect { $0.maximumRecordBytes = 1 << 20 }
    let text = Array("a,b\n1,".utf8) + Array(repeating: UInt8(ascii: ","), count: 1 << 20)
    let error = #expect(throws: Diagnostic.self) { try Rows(text, dialect: dialect) }
    #expect(error?.place == Place(file: "in.csv", line: 2))
    #expect(error?.message.problem == "record has more than 131072 fields")
  }

  @Test func `columns are chosen by name or number, in the order asked for`() throws {
    let text = Array("id,text,label\n1,good,pos\n2,bad,neg\n".utf8)
    let rows = try Rows(
      text, columns: [ColumnChoice("label", .number(3)), ColumnChoice("review", .header("text"))])
    #expect(rows.columns == ["label", "review"])
    #expect(rows.fields == [["pos", "good"], ["neg", "bad"]])
  }

  @Test func `a column that is not there is refused with the nearest name`() {
    let text = Array("id,text\n1,good\n".utf8)
    let named = #expect(throws: Diagnostic.self) {
      try Rows(text, columns: [ColumnChoice("text", .header("txt"))])
    }
    #expect(named?.message.problem == "no column 'txt' in the header; did you mean 'text'?")
    let numbered = #expect(throws: Diagnostic.self) {
      try Rows(text, columns: [ColumnChoice("text", .number(3))])
    }
    #expect(numbered?.message.problem == "no column 3: records have 2 fields")
  }

  @Test func `a header without rows has no rows, and a duplicate name matters only when chosen`()
    throws
  {
    #expect(try Rows(Array("a,b".utf8)).fields == [])
    let rows = try Rows(Array("a,b,b\n1,2,3\n".utf8), columns: [ColumnChoice("a", .header("a"))])
    #expect(rows.fields == [["1"]])
  }

  @Test func `blank lines are rows of a file with one column and of no other`() throws {
    #expect(try Rows(Array("a\n\nx\n".utf8)).fields == [[""], ["x"]])
    #expect(try Rows(Array("a,b\n\nx,y\n".utf8)).fields == [["x", "y"]])
  }
}
