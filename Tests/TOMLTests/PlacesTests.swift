import TOML
import Testing

@Suite struct PlacesTests {
  private func parse(_ text: String) throws -> TOMLDocument {
    try TOMLDocument.parse(Array(text.utf8), file: "p.toml")
  }

  /// What a range covers in its line.
  private func written(_ range: SourceRange?, in document: TOMLDocument) -> String? {
    guard let range else { return nil }
    let line = Array(document.source.line(range.line).unicodeScalars)
    let scalars = line[(range.column - 1)..<(range.column - 1 + range.length)]
    return String(String.UnicodeScalarView(scalars))
  }

  @Test func `keys and values know exactly what was written for them`() throws {
    let document = try parse(
      """
      "größe" = { a.b = [1, 'zwölf'], c = 2.50 } # ä
      [stage.load]
      kind = "load"\tpath = 1
      """.replacing("\tpath = 1", with: ""))
    let size = try #require(document.root.entry("größe"))
    #expect(written(size.keyRange, in: document) == "\"größe\"")
    #expect(written(size.node.range, in: document) == "{ a.b = [1, 'zwölf'], c = 2.50 }")
    guard case .table(let inline) = size.node.value, case .table(let a)? = inline["a"]?.value,
      case .array(let elements)? = a["b"]?.value
    else {
      Issue.record("not the tables written")
      return
    }
    #expect(inline.isInline && inline.header == nil)
    #expect(written(elements[1].range, in: document) == "'zwölf'")
    #expect(written(inline.entry("c")?.node.range, in: document) == "2.50")
    guard case .table(let stage)? = document.root["stage"]?.value,
      case .table(let load)? = stage["load"]?.value
    else {
      Issue.record("not the tables written")
      return
    }
    #expect(stage.header == nil && !load.isInline)
    #expect(load.header == SourceRange(line: 2, column: 1, length: 12))
    #expect(written(load["kind"]?.range, in: document) == "\"load\"")
  }

  @Test func `a value over several lines is underlined to the end of its first`() throws {
    let document = try parse("a = [1,\r\n  2,\n]\nb = 3\n")
    #expect(document.root["a"]?.range == SourceRange(line: 1, column: 5, length: 3))
    #expect(document.root["b"]?.range == SourceRange(line: 4, column: 5, length: 1))
  }

  @Test func `a byte order mark is no column`() throws {
    let document = try parse("\u{FEFF}a = 1")
    #expect(document.root.entry("a")?.keyRange == SourceRange(line: 1, column: 1, length: 1))
    #expect(document.source.line(1) == "a = 1")
  }

  @Test func `keys keep the order they were written in`() throws {
    let names = (0..<40).map { "k\($0 * 7 % 40)" }
    let document = try parse(names.map { "\($0) = 1\n" }.joined())
    #expect(document.root.keys == names)
    #expect(names.allSatisfy { document.root.entry($0)?.key == $0 })
    #expect(document.root["absent"] == nil)
  }

  @Test func `keys that only look alike are two keys`() throws {
    let document = try parse("\"\u{E9}\" = 1\n\"e\u{301}\" = 2\n")
    #expect(document.root["\u{E9}"]?.value == .integer(1))
    #expect(document.root["e\u{301}"]?.value == .integer(2))
  }

  @Test func `lines are counted from 1 and lack their ends`() {
    let source = TOMLSource(bytes: Array("one\r\ntwo\n\nfour".utf8), file: "p")
    #expect((0...6).map(source.line) == ["one", "one", "two", "", "four", "", ""])
  }

  @Test func `a long line that is quoted again and again is one text in memory`() {
    let long = String(repeating: "wrong, ", count: 1_000)
    let source = TOMLSource(bytes: Array("one\n\(long)\nthree".utf8), file: "p")
    func address(_ text: String) -> Int? {
      unsafe text.utf8.withContiguousStorageIfAvailable { bytes in
        Int(bitPattern: bytes.baseAddress)
      }
    }
    let quoted = (0..<3).map { _ in source.line(2) }
    #expect(Set(quoted.map(address)).count == 1 && address(quoted[0]) != nil)
    #expect(source.line(3) == "three" && source.line(2) == long)
  }

  @Test(
    arguments: [
      (" 12 ", TOMLValue.integer(12)), ("[]", .array([])), ("'a b'", .string("a b")),
      ("true", .boolean(true)), ("1e-3", .float(1e-3)),
    ])
  func `a single value is read without a document`(text: String, value: TOMLValue) throws {
    #expect(try TOMLValue.parse(text, origin: "--set").value == value)
  }
}
