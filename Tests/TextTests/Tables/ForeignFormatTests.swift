import Diagnostics
import Testing
import Text

struct ForeignFormatTests {
  @Test(arguments: [
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 0x00], "an xz file", "decompress"),
    (Array("BZh91AY&SY".utf8), "a bzip2 file", "decompress"),
    ([0x28, 0xB5, 0x2F, 0xFD, 0x04], "a zstd file", "decompress"),
    (Array("PK\u{3}\u{4}\u{14}".utf8), "a zip or Excel file", "save the sheet as CSV"),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an old Excel file", "save the sheet"),
    (Array("%PDF-1.7\n".utf8), "a PDF file", "CSV"),
    (Array("PAR1\u{15}".utf8), "a Parquet file", "CSV"),
    (Array(repeating: 0x61, count: 257) + Array("ustar".utf8), "a tar file", "archive"),
  ])
  func `a file that is no text is refused as what it is`(
    bytes: [UInt8], what: String, remedy: String
  ) {
    for encoding in [TextEncoding.utf8, .windows1252] {
      let error = #expect(throws: Diagnostic.self) { try Rows(bytes, encoding: encoding) }
      #expect(error?.message.problem == "this is \(what), not text")
      #expect(error?.message.remedy?.contains(remedy) == true)
    }
  }

  @Test(arguments: [
    ("{\"text\": \"a b\", \"label\": \"x\"}\n{}\n", "JSON Lines"), ("[\n  {\n", "JSON"),
    (" [{\"a\": 1}]\n", "JSON"), ("<!DOCTYPE html>\n<html>\n", "HTML"),
  ])
  func `text without columns is refused as what it is`(text: String, what: String) {
    let error = #expect(throws: Diagnostic.self) { try Rows(Array(text.utf8)) }
    #expect(error?.message.problem == "this is \(what), which has no columns")
  }

  @Test(arguments: [
    "PAR1,PAR2\n1,2\n", "PK,x\n1,2\n", "{a},b\n1,2\n", "[tag],b\n1,2\n", "BZh9,b\n1,2\n",
  ])
  func `a table that begins alike is read`(text: String) throws {
    #expect(try Rows(Array(text.utf8)).fields == [["1", "2"]])
  }
}
