import Diagnostics
import HostileInputs
import Testing
import Text

struct ForeignFormatTests {
  private static let zip: [UInt8] = Array("PK\u{3}\u{4}".utf8) + Array(repeating: 0, count: 22)

  /// The beginning of a zip archive whose first file has this name.
  private static func archive(_ name: String, _ rest: String = "") -> [UInt8] {
    zip + [UInt8(name.utf8.count), 0, 0, 0] + Array((name + rest).utf8)
  }

  @Test(arguments: [
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 0x00], "an xz file", "decompress it: xz -dk d/in.bin"),
    (Array("BZh91AY&SY".utf8), "a bzip2 file", "decompress it: bzip2 -dk d/in.bin"),
    ([0x28, 0xB5, 0x2F, 0xFD, 0x04], "a zstd file", "decompress it: zstd -d d/in.bin"),
    (archive("data.csv"), "a zip file", "unzip d/in.bin"),
    (
      Array("PK\u{3}\u{4}".utf8) + [0x14, 0, 6, 0, 8, 0, 0, 0, 0x21, 0], "an Excel file",
      "pandas.read_excel"
    ),
    (
      archive("[Content_Types].xml", "..PK..xl/workbook.xml"), "an Excel file",
      "pandas.read_excel('d/in.bin').to_csv('d/in.csv', index=False)\""
    ),
    (archive("[Content_Types].xml", "..word/document.xml"), "a Word file", "soffice"),
    (
      archive("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
      "an OpenDocument file", "soffice"
    ),
    (archive("arr_0.npy"), "a NumPy archive file", "numpy.load('d/in.bin'"),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an old Excel file", "pandas.read_excel"),
    (Array("%PDF-1.7\n".utf8), "a PDF file", "pdftotext d/in.bin"),
    (Array("PAR1\u{15}".utf8), "a Parquet file", "pandas.read_parquet('d/in.bin')"),
    ([0x80, 0x04, 0x95, 0x10], "a pickle file", "pandas.read_pickle('d/in.bin')"),
    (
      [0xFF, 0xFF, 0xFF, 0xFF, 0x10, 1, 0, 0], "an Arrow stream file", "datasets.Dataset.from_file"
    ),
    (Array("SQLite format 3\0".utf8), "an SQLite file", "sqlite3"),
    (Array(repeating: 0x61, count: 257) + Array("ustar".utf8), "a tar file", "tar xf d/in.bin"),
  ])
  func `a file that is no text is refused with the command that converts it`(
    bytes: [UInt8], what: String, remedy: String
  ) {
    for encoding in [TextEncoding.utf8, .windows1252] {
      let error = #expect(throws: Diagnostic.self) {
        try Rows(bytes, file: "d/in.bin", encoding: encoding)
      }
      #expect(error?.message.problem == "this is \(what), not text")
      #expect(error?.message.remedy?.contains(remedy) == true, "\(error?.message.remedy ?? "")")
    }
  }

  @Test func `a command fits the shell, whatever the file is called`() {
    let xz: [UInt8] = [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 0x00]
    let parquet = Array("PAR1\u{15}".utf8)
    let odd = #expect(throws: Diagnostic.self) { try Rows(xz, file: "my data's.csv.xz") }
    #expect(odd?.message.remedy == "decompress it: xz -dk 'my data'\\''s.csv.xz'")
    let quoted = #expect(throws: Diagnostic.self) { try Rows(parquet, file: "it's.parquet") }
    #expect(quoted?.message.remedy?.contains("read_parquet('FILE').to_csv('rows.csv'") == true)
  }

  @Test(arguments: [
    ("{\"text\": \"a b\", \"label\": \"x\"}\n{}\n", "this is JSON Lines", "format = \"json\""),
    ("[\n  {\n", "this is JSON,", "format = \"json\""),
    (" [{\"a\": 1}]\n", "this is JSON,", "format = \"json\""),
    ("__label__x good\n", "these are lines with __label__", "format = \"fasttext\""),
    ("<!DOCTYPE html>\n<html>\n", "this is HTML", "CSV"),
  ])
  func `text without columns is refused as what it is`(
    text: String, what: String, remedy: String
  ) {
    let error = #expect(throws: Diagnostic.self) { try Rows(Array(text.utf8)) }
    #expect(error?.message.problem.hasPrefix(what) == true)
    #expect(error?.message.remedy?.contains(remedy) == true)
  }

  @Test(arguments: [
    "PAR1,PAR2\n1,2\n", "PK,x\n1,2\n", "{a},b\n1,2\n", "[tag],b\n1,2\n", "BZh9,b\n1,2\n",
  ])
  func `a table that begins alike is read`(text: String) throws {
    #expect(try Rows(Array(text.utf8)).fields == [["1", "2"]])
  }
}
