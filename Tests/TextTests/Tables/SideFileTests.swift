import Diagnostics
import Testing
import Text

struct SideFileTests {
  private static let utf16: [UInt8] =
    [0xFF, 0xFE] + "é b\nc\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }

  @Test(arguments: [
    Array("é b\nc\n".utf8), Array("\u{FEFF}é b\r\nc".utf8), Array("é b\rc\r".utf8),
    Array("é b\nc\r\n".utf8), utf16,
  ])
  func `lines are the same however the file is written`(bytes: [UInt8]) throws {
    let file = try SideFile(bytes, path: "words.txt")
    #expect(file.lines.map(\.text) == ["é b", "c"])
    #expect(file.lines.map(\.number) == [1, 2])
  }

  @Test func `lines that say nothing are left out, and counted`() throws {
    let file = try SideFile(Array("\n \u{A0}\na\n\u{200B}\n\nb".utf8), path: "words.txt")
    #expect(file.lines.map(\.text) == ["a", "b"])
    #expect(file.lines.map { file.place(of: $0) }.map(\.line) == [3, 6])
  }

  @Test
  func `a file that is not UTF-8 is refused with its line, or read in the encoding of the data`()
    throws
  {
    let bytes = Array("a\ncaf".utf8) + [0xE9, 0x0A]
    let error = #expect(throws: Diagnostic.self) { try SideFile(bytes, path: "words.txt") }
    #expect(error?.place == Place(file: "words.txt", line: 2))
    #expect(error?.message.remedy?.contains("iconv") == true)
    let file = try SideFile(bytes, path: "words.txt", fallback: .windows1252)
    #expect(file.lines.map(\.text) == ["a", "café"])
  }
}
