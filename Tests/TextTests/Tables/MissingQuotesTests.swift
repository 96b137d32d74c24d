import HostileInputs
import Testing
import Text

struct MissingQuotesTests {
  private func found(_ text: String) throws -> MissingQuotes {
    var reader = try DelimitedReader(ByteChunks(text, step: 70), file: "in.csv")
    while try reader.next() != nil {}
    return reader.missingQuotes
  }

  @Test func `a quoted field that holds rows is noticed, a long text is not`() throws {
    let rows = (0..<30).map { "text \($0),a\n" }.joined()
    let quotes = try found("text,label\nx,a\n\"open,b\n\(rows)\",a\nz,b\n")
    #expect(quotes.count == 1)
    #expect(quotes.first?.line == 3)
    #expect(quotes.first?.lineCount == 32)
    let prose = (0..<60).map { "Verse \($0), of many, many\n" }.joined()
    #expect(try found("text,label\n\"\(prose)\",a\n").count == 0)
  }
}
