import Diagnostics
import HostileInputs
import Testing
import Text

@Suite struct `Looking at a file that nothing is known of` {
  private func sample(
    _ text: String, file: String = "data.csv"
  ) throws(Diagnostic) -> TableSample {
    try TableSample(file: file) { () throws(Diagnostic) in ByteChunks(Array(text.utf8), step: 64)
    }
  }

  @Test(.timeLimit(.minutes(120)))
  func `as many columns as there may be are looked at in a moment`()
    throws
  {
    let header = (0..<200_000).map { "c\($0)" }.joined(separator: ",")
    let rows = String(repeating: "1,", count: 199_999) + "1\n"
    let sample = try TableSample(file: "in.csv") { ByteChunks("\(header)\n\(rows)\(rows)") }
    #expect(sample.columns.count == 200_000 && sample.columns.last?.name == "c199999")
  }

  @Test(arguments: [
    ("a.csv", "text,label\none two,x\nthree four,y\n", UInt8(ascii: ",")),
    ("a.csv", "text;label\none, two;x\nthree, four;y\n", UInt8(ascii: ";")),
    ("a.txt", "text|label\none|x\ntwo|y\n", UInt8(ascii: "|")),
    ("a.tsv", "text\tlabel\nit's \"so\"\tx\nfine, too\ty\n", UInt8(ascii: "\t")),
    ("a.csv", "text\tlabel\nfine, too, yes\tx\nno\ty\n", UInt8(ascii: "\t")),
  ])
  func `the delimiter is the one that cuts every row alike`(
    file: String, text: String, delimiter: UInt8
  ) throws {
    let sample = try sample(text, file: file)
    #expect(sample.dialect.delimiter == delimiter)
    #expect(sample.columns.map(\.name) == ["text", "label"])
    #expect(sample.rowCount == 2)
  }

  @Test func `quotes around delimiters are quotes, stray ones are text`() throws {
    #expect(try sample("text,label\n\"a, b\",x\n").dialect.quote != nil)
    let stray = try sample("text,label\nsay \"hi\" now,x\n")
    #expect(stray.dialect.quote == nil)
    #expect(stray.columns[0].values == ["say \"hi\" now"])
  }

  @Test func `a comma inside numbers is no delimiter where another cuts more`() throws {
    let rows = (0..<20).map { "\($0 % 5),\($0 % 9);das ist Text \($0);positiv\n" }.joined()
    let sample = try sample(rows)
    #expect(sample.dialect.delimiter == UInt8(ascii: ";"))
    #expect(sample.columns.count == 3)
  }

  @Test func `doubled quotes in a tsv are quoting, single ones are text`() throws {
    let doubled = try sample("text\tlabel\n\"say \"\"hi\"\" now\"\ta\nplain\tb\n", file: "a.tsv")
    #expect(doubled.dialect.quote != nil)
    #expect(doubled.columns[0].values == ["say \"hi\" now", "plain"])
    #expect(
      try sample("text\tlabel\n\"Hello.\"\ta\nplain\tb\n", file: "a.tsv").dialect.quote == nil)
  }

  @Test(
    arguments: [
      (",text,label\n0,good film,pos\n1,bad film,neg\n", [nil, "text", "label"]),
      (
        "v1,v2,,,\nham,see you at ten then,,,\nham,where are you now,,,\n",
        ["v1", "v2", nil, nil, nil]
      ),
      ("id,review.text,review.label\n0,good film,pos\n", ["id", "review.text", "review.label"]),
      (
        "what is it that you think of us,label\ngood film,pos\n",
        ["what is it that you think of us", "label"]
      ),
      ("text,text,label\na b,c d,x\ne f,g h,y\n", [nil, nil, "label"]),
    ] as [(String, [String?])])
  func `a header may have gaps, dots, long names and equal ones`(text: String, names: [String?])
    throws
  {
    let sample = try sample(text)
    #expect(sample.dialect.hasHeader)
    #expect(sample.columns.map(\.name) == names)
  }

  @Test(arguments: [
    "3,Wall St. bears claw back.,Short sellers see green again.\n4,Oil prices soar.,They do.\n",
    "A whole sentence stands here.,x\nAnother one stands here.,y\n", "pos,good\npos,bad\n",
  ])
  func `a first row that looks like the others is no header`(text: String) throws {
    let sample = try sample(text)
    #expect(!sample.dialect.hasHeader && sample.rowCount == 2)
    #expect(sample.columns.allSatisfy { $0.name == nil })
  }

  @Test func `bytes that are no UTF-8 are read as Windows wrote them`() throws {
    let bytes = Array("text,label\ncaf".utf8) + [0xE9] + Array(",x\n".utf8)
    let sample = try TableSample(file: "a.csv") { () throws(Diagnostic) in
      ByteChunks(bytes, step: 9)
    }
    #expect(sample.encoding == .windows1252 && sample.columns[0].values == ["café"])
  }

  @Test(arguments: [
    ("data.csv", "text,label\none two,x\n,\n", 2), ("data.tsv", "a b\tc d\ne f\tg h\n\t\n", 3),
    ("data.jsonl", "{\"text\": \"a\"}\n{\"text\": \"\"}\n", 2),
  ])
  func `rows that hold nothing are counted, for a stage that reads the file has them`(
    file: String, text: String, rowCount: Int
  ) throws {
    let sample = try sample(text, file: file)
    #expect(sample.rowCount == rowCount)
    #expect(sample.columns.allSatisfy { $0.statistics.emptyCount == 1 })
  }

  @Test func `blank lines above the header are no row`() throws {
    let sample = try sample("\n\ntext,label\none two,x\n")
    #expect(sample.dialect.skippedLines == 0 && sample.dialect.hasHeader)
    #expect(sample.columns.map(\.name) == ["text", "label"] && sample.rowCount == 1)
  }

  @Test func `rows that hold nothing above the header are lines to leave out`() throws {
    let sample = try sample("\n,\n,\ntext,label\none two,x\n")
    #expect(sample.dialect.skippedLines == 3 && sample.dialect.hasHeader)
    #expect(sample.columns.map(\.name) == ["text", "label"] && sample.rowCount == 1)
  }

  @Test(arguments: [
    ("data.csv", "foo,bar,baz\n1,2\n", "data.csv:2: error: the only row cannot be read: "),
    (
      "data.csv", "foo,bar,baz\n1,2\n3\n",
      "data.csv:2: error: no row can be read, of 2; the first: "
    ),
    ("data.json", "{\"text\":\"a\",\"label\":\"x\"\n", "error: the only row cannot be read: "),
  ])
  func `where no row can be read, the first reason is told`(
    file: String, text: String, problem: String
  ) {
    #expect {
      try self.sample(text, file: file)
    } throws: { error in
      "\(error)".contains(problem) && "\(error)".contains("try: mend the file, or say how")
    }
  }

  @Test(arguments: ["", "\n\n", "text,label\n"])
  func `a file without rows is refused`(text: String) {
    #expect(throws: Diagnostic.self) { try self.sample(text) }
  }
}
