import Diagnostics
import Testing
import Text

struct HostileBytesTests {
  private let alphabet: [UInt8] =
    Array("a1,;\t\"\"\\#\n\n\r nN".utf8) + [
      0, 0xC3, 0xA9, 0xE2, 0xFF, 0xFE, 0xEF, 0xBB, 0xBF, 0xD8,
    ]

  @Test func `no bytes in any dialect and encoding do more than fail with a diagnostic`() {
    var random = SystemRandomNumberGenerator()
    var (read, refused) = (0, 0)
    for _ in 0..<60_000 {
      let bytes = hostile(&random)
      let dialect = Dialect {
        $0.delimiter = [UInt8(ascii: ","), UInt8(ascii: "\t")].randomElement(using: &random) ?? 0
        $0.quote = Bool.random(using: &random) ? UInt8(ascii: "\"") : nil
        $0.strayQuotes = Bool.random(using: &random) ? .keep : .refuse
        $0.escape = Bool.random(using: &random) ? UInt8(ascii: "\\") : nil
        $0.comment = Bool.random(using: &random) ? UInt8(ascii: "#") : nil
        $0.skippedLines = Int.random(in: 0...1, using: &random)
        $0.hasHeader = Bool.random(using: &random)
        $0.trims = Bool.random(using: &random)
        $0.nullWords = Bool.random(using: &random) ? ["a", "\\N"] : []
      }
      let encoding = TextEncoding.allCases.randomElement(using: &random) ?? .utf8
      let invalid = InvalidBytes.allCases.randomElement(using: &random) ?? .refuse
      let malformed = MalformedRows.allCases.randomElement(using: &random) ?? .refuse
      let choices = Bool.random(using: &random) ? [ColumnChoice("a", .number(1))] : nil
      func rows(step: Int) -> Result<Rows, Diagnostic> {
        Result { () throws(Diagnostic) in
          try Rows(
            bytes, step: step, dialect: dialect, encoding: encoding, invalid: invalid,
            columns: choices, malformedRows: malformed)
        }
      }
      // A mark cut in two is not recognised, so chunks have three bytes at least.
      let (whole, cut) = (rows(step: .max), rows(step: Int.random(in: 3...7, using: &random)))
      switch (whole, cut) {
      case (.success(let whole), .success(let cut)):
        #expect(whole == cut, "\(bytes)")
        read += 1
      case (.failure(let whole), .failure(let cut)):
        // Of a wrong byte and a wrong place for it, the cut decides which is seen first. They
        // agree on the line where lines end in LF: a decoder counts no others.
        if !bytes.contains(UInt8(ascii: "\r")) {
          #expect(whole.place?.line == cut.place?.line, "\(bytes)")
        }
        refused += 1
      default: Issue.record("\(bytes): \(whole) but cut: \(cut)")
      }
    }
    print("hostile bytes: \(read) read, \(refused) refused")
  }

  @Test func `no bytes do more to the reader of table artifacts`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let bytes = Array("line\ta\n1\t".utf8) + hostile(&random)
      _ = try? Rows(table: bytes, step: Int.random(in: 1...7, using: &random))
    }
  }

  private func hostile(_ random: inout SystemRandomNumberGenerator) -> [UInt8] {
    (0..<Int.random(in: 0...30, using: &random)).map { _ in
      alphabet.randomElement(using: &random) ?? 0
    }
  }
}
