import Diagnostics
import Testing
import Text

struct MergesTests {
  @Test(
    arguments: [
      ("#version: 0.2\na b\nab c</w>\n", Merges.Version.gluedWordEnd, 2),
      ("#version: 0.2.0\r\na b\r\n", .gluedWordEnd, 1),
      ("#version: 0.1\na b\n", .separateWordEnd, 1),
      ("a b\n b  \n\n", .separateWordEnd, nil),
      ("a b", .separateWordEnd, 1),
      ("a b\n\n\n", .separateWordEnd, 1),
      ("#version: 0.2\n", .gluedWordEnd, 0),
      ("", .separateWordEnd, 0),
    ] as [(String, Merges.Version, Int?)])
  func `codes of both versions are read`(text: String, version: Merges.Version, count: Int?) {
    let merges = try? read(text)
    #expect(merges?.merges.count == count)
    if count != nil { #expect(merges?.version == version) }
  }

  @Test(arguments: [
    (
      "#version: 0.2\na b\na b c\n",
      "codes:3: error: 'a b c' is not two symbols with one space between"
    ),
    ("a b\n\nc d e\n", "codes:3: error: 'c d e' is not two symbols with one space between"),
    ("a  b\n", "codes:1: error: 'a  b' is not two symbols with one space between"),
    ("#version: 0.3\na b\n", "codes:1: error: unknown codes version ' 0.3'"),
    (String(repeating: "a", count: 20_000), "codes:1: error: a merge of more than 10,000 bytes"),
  ])
  func `malformed codes are refused with their line`(text: String, message: String) {
    let error = #expect(throws: Diagnostic.self) { try read(text) }
    #expect(error?.description.split(separator: "\n").first.map(String.init) == message)
  }

  @Test func `CR LF ends lines, and the version stands on the first line alone`() throws {
    #expect(try read("#version: 0.2\r\na b\r\n") == read("#version: 0.2\na b\n"))
    let merges = try read("#version: 0.2\n#version: 0.2\n")
    #expect(merges.merges == [.init(left: Array("#version:".utf8), right: Array("0.2".utf8))])
    for version in [Merges.Version.gluedWordEnd, .separateWordEnd] {
      let other = Merges(merges.merges, version: version)
      #expect(try read(other.codes) == other)
    }
  }

  @Test func `what is written is read back`() throws {
    let text = "#version: 0.2\na b\né </w>\n"
    #expect(Corpus.text(try read(text).codes) == text)
  }

  @Test func `random bytes never trap the reader`() {
    var random = RandomText(seed: 5)
    for round in 0..<4_000 {
      let bytes = round.isMultiple(of: 2) ? random.bytes() : random.line()
      _ = try? read(bytes)
    }
  }

  private func read(_ text: String) throws(Diagnostic) -> Merges { try read(Array(text.utf8)) }

  private func read(_ bytes: [UInt8]) throws(Diagnostic) -> Merges {
    try Merges(codes: bytes.span, file: "codes")
  }
}
