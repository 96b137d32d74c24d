import Diagnostics
import HostileInputs
import Testing
import Text

struct ParallelReaderTests {
  @Test(arguments: [1, 3, 1000])
  func `line n of each file is a field of row n, and only LF ends lines`(step: Int) throws {
    let rows = try read(["a\u{85}b\r\n\"x\ty\u{2028}\n\nlast", "1\r2\n2\n3\n4\n"], step: step)
    #expect(
      rows.fields == [["a\u{85}b", "1\r2"], ["\"x\ty\u{2028}", "2"], ["", "3"], ["last", "4"]])
    #expect(rows.origins == ["1", "2", "3", "4"])
  }

  @Test(arguments: [
    (["a\nb\n", "a\n"], "f1", "1 line, but f0 has 2"),
    (["a\n", "a\nb\nc\n"], "f0", "1 line, but f1 has 3"),
    (["a\nb\nc", "a\nb\nc\n", ""], "f2", "0 lines, but f0 has 3"),
  ])
  func `files of unequal length are refused with both counts`(
    texts: [String], file: String, problem: String
  ) {
    let error = #expect(throws: Diagnostic.self) { try read(texts, step: 100) }
    #expect(error?.place == Place(file: file))
    #expect(error?.message.problem == problem)
  }

  @Test func `long files come in several batches`() throws {
    let text = String(repeating: "some words\n", count: 50_000)
    #expect(try read([text, text], step: 5000).fields.count == 50_000)
  }

  @Test func `a line that does not end is refused where it starts`() {
    let text = "one\n" + String(repeating: "x", count: 3 << 20)
    let reader = ParallelReader(
      [LineReader(ByteChunks(text), file: "f0", maximumBytes: 1 << 20)], files: ["f0"])
    let error = #expect(throws: Diagnostic.self) { try reader.next() }
    #expect(error?.place == Place(file: "f0", line: 2))
    #expect(error?.message.problem == "line is longer than 1 MB")
  }

  private func read(_ texts: [String], step: Int) throws(Diagnostic) -> Rows {
    let readers = texts.map { LineReader(ByteChunks($0, step: step), file: "f") }
    let reader = ParallelReader(readers, files: texts.indices.map { "f\($0)" })
    var rows = Rows()
    while let batch = try reader.next() { rows.append(batch) }
    return rows
  }
}
