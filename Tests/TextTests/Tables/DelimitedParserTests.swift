import HostileInputs
import Testing
import Text

struct DelimitedParserTests {
  @Test func `the parser agrees with the obvious reader on random text cut anywhere`() {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("a,\"\n\r\u{E9} ".utf8)
    for _ in 0..<40_000 {
      let count = Int.random(in: 0...24, using: &random)
      // The first line ends in LF, so that a lone CR is text in both.
      let text =
        Array("x\n".utf8) + (0..<count).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      let step = Int.random(in: 1...9, using: &random)
      #expect(records(text, step: step) == obviousRecords(text), "\(text) by \(step)")
    }
  }

  @Test func `long fields agree with the obvious reader however the chunks are cut`() {
    let long = String(repeating: "w\u{F6}rd, ", count: 99)
    let text = Array("a,b\n\"\(long)\"\"\",\(long.filter { $0 != "," })\n\"\r\n\",\"\"\n".utf8)
    for step in [1, 2, 3, 7, 8, 9, 31, 64, 1000] {
      #expect(records(text, step: step) == obviousRecords(text))
    }
  }

  @Test func `a lone CR ends lines only in a file without LF outside quotes`() throws {
    for step in [1, 3, 100] {
      let text = "first line with a\rstray return,a\nsecond,b\nthird,c\n"
      let rows = try Rows(
        Array(text.utf8), step: step, dialect: Dialect { $0.hasHeader = false })
      #expect(
        rows.fields == [
          ["first line with a\rstray return", "a"], ["second", "b"], ["third", "c"],
        ])
      let old = try Rows(Array("a,b\r1,\"x\ny\"\r".utf8), step: step)
      #expect(old.fields == [["1", "x\ny"]])
    }
    #expect(try Rows(Array("a,b\r1,2\r\"x\ry\",4".utf8)).fields == [["1", "2"], ["x\ry", "4"]])
    #expect(try Rows(Array("a,b\n1\r,2\n3,4\r\n".utf8)).fields == [["1\r", "2"], ["3", "4"]])
  }

  @Test func `rows carry the line their record starts on`() throws {
    let text = "a,b\n1,2\n\n\"x\r\n\ny\",3\r\n4,5"
    for step in [1, 4, 100] {
      #expect(try Rows(Array(text.utf8), step: step).origins == ["2", "4", "7"])
    }
    #expect(try Rows(Array("a,b\r1,2\r\"x\ry\",3\r4,5".utf8)).origins == ["2", "3", "5"])
  }

  @Test func `an escape byte makes control characters, keeps letters and drops before the rest`()
    throws
  {
    let dialect = Dialect {
      $0.escape = UInt8(ascii: "\\")
      $0.hasHeader = false
      $0.nullWords = ["\\N"]
    }
    let rows = try Rows(Array(#""a\"b\\",c\,d\n\q,\N"#.utf8), dialect: dialect)
    #expect(rows.fields == [["a\"b\\", "c,d\n\\q", ""]])
  }

  @Test func `trimming drops blanks outside quotes only, and null words only without quotes`()
    throws
  {
    let dialect = Dialect {
      $0.trims = true
      $0.nullWords = ["NA"]
    }
    let rows = try Rows(Array(" a , b\n \" x \" , y z\t\nNA,\"NA\"\n".utf8), dialect: dialect)
    #expect(rows.columns == ["a", "b"])
    #expect(rows.fields == [[" x ", "y z"], ["", "NA"]])
  }

  @Test func `comments and skipped lines are left out and still counted`() throws {
    let dialect = Dialect {
      $0.comment = UInt8(ascii: "#")
      $0.skippedLines = 2
    }
    let text = "junk \"\njunk\n# c\na,b\n#,\"\n1,#2\n"
    for step in [1, 3, 100] {
      let rows = try Rows(Array(text.utf8), step: step, dialect: dialect)
      #expect(rows.fields == [["1", "#2"]])
      #expect(rows.origins == ["6"])
    }
  }

  @Test func `text behind a quote and a CR is refused, wherever the text is cut`() {
    let text = Array("a,\"b\nc\"\rd\n".utf8)
    for step in 1...text.count { #expect(records(text, step: step) == nil) }
  }

  /// The records of a text, or nil when it is refused.
  private func records(_ text: [UInt8], step: Int) -> [[String]]? {
    var parser = DelimitedParser(.csv, file: "in.csv")
    var records = Records()
    var start = 0
    do {
      while start < text.count {
        let end = min(text.count, start + step)
        try parser.consume(text.span.extracting(start..<end), into: &records)
        start = end
      }
      try parser.finish(into: &records)
    } catch {
      return nil
    }
    return (0..<records.count).map { records.fields(of: $0).map(records.text) }
  }
}
