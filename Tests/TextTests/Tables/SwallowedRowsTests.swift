import Testing
import Text

struct SwallowedRowsTests {
  private func swallowed(_ text: String) throws -> SwallowedRows {
    var reader = try DelimitedReader(ByteChunks(text, step: 70), file: "in.csv")
    while try reader.next() != nil {}
    return reader.swallowed
  }

  @Test func `a quoted field that holds rows is noticed, a long text is not`() throws {
    let rows = (0..<30).map { "text \($0),a\n" }.joined()
    let found = try swallowed("text,label\nx,a\n\"open,b\n\(rows)\",a\nz,b\n")
    #expect(found.count == 1)
    #expect(found.first?.line == 3)
    #expect(found.first?.lineCount == 32)
    let prose = (0..<60).map { "Verse \($0), of many, many\n" }.joined()
    #expect(try swallowed("text,label\n\"\(prose)\",a\n").count == 0)
  }
}
