import Diagnostics
import Digests
import Fixtures
import HostileInputs
import Testing
import Text

struct LineChunkTests {
  private static let sizes = ChunkSizes(least: 20, usual: 40, most: 90)

  private static func fastText(_ severalLabels: SeveralLabels) -> FastTextLines {
    FastTextLines(
      file: "in", number: 1, prefix: "__label__", severalLabels: severalLabels, maximumBytes: 150)
  }

  @Test func `chunks of fastText's lines give the rows and errors of the whole`() {
    var random = SeededNumbers(seed: 5)
    let pieces = [
      "__label__a one two\n", "no label\n", "\n", "  \n", "three __label__b\r\n", "x\ry\n", "end",
      "__label__a __label__b both\n", String(repeating: "long ", count: 35),
    ]
    for round in 0..<600 {
      let severalLabels: SeveralLabels = round % 2 == 0 ? .skip : .refuse
      let usable = pieces.prefix(round % 3 == 0 ? 9 : round % 3 == 1 ? 8 : 7)
      let parts = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        usable.randomElement(using: &random) ?? "\n"
      }
      let text = Array(parts.joined().utf8)
      let step = Int.random(in: 1...90, using: &random)
      var (rows, found) = (Rows(), Rows())
      var (problem, foundProblem): (Diagnostic?, Diagnostic?)
      var reader = FastTextReader(
        Decoder(ByteChunks(text, step: .max), file: "in"), file: "in",
        severalLabels: severalLabels, maximumBytes: 150)
      do throws(Diagnostic) {
        while let batch = try reader.next() { rows.append(batch) }
      } catch { problem = error }
      var chunks = LineChunkReader(
        Decoder(ByteChunks(text, step: step), file: "in"), Self.fastText(severalLabels),
        sizes: Self.sizes, longestLine: 150)
      do throws(Diagnostic) {
        while let chunk = try chunks.next() {
          for batch in try chunks.rows(of: chunk) { found.append(batch) }
        }
      } catch { foundProblem = error }
      // How long a line may be is looked at when more is read, here and there at other places.
      guard problem == nil, foundProblem == nil else {
        #expect(usable.count == 9 || problem == foundProblem, "\(parts)")
        continue
      }
      #expect(found.fields == rows.fields && found.origins == rows.origins, "\(parts)")
      #expect(chunks.format.skipped == reader.skipped, "\(parts)")
    }
  }

  @Test func `line-aligned files give their rows, whatever returns are in their lines`() throws {
    let first = (0..<50).map { "row \($0)\($0 % 3 == 0 ? "\r" : "")" }
    let second = (0..<50).map { $0 % 7 == 0 ? "" : "other \($0 * $0)" }
    func reader() -> ParallelReader<Decoder<ByteChunks>> {
      ParallelReader(
        [first, second].map { lines in
          LineReader(
            Decoder(
              ByteChunks(Array(lines.map { $0 + "\r\n" }.joined().utf8), step: 7), file: "in"),
            file: "in")
        }, files: ["a", "b"], number: 3)
    }
    var chunks = LineChunkReader(
      InterleavedLines(reader()), InterleavedRows(columnCount: 2, number: 3), sizes: Self.sizes,
      longestLine: .max)
    var (rows, expected) = (Rows(), Rows())
    var count = 0
    while let chunk = try chunks.next() {
      for batch in try chunks.rows(of: chunk) { rows.append(batch) }
      count += 1
      #expect(chunks.line == rows.fields.count + 1)
    }
    let plain = reader()
    while let batch = try plain.next() { expected.append(batch) }
    #expect(rows.fields == expected.fields && rows.origins == expected.origins)
    #expect(rows.fields.count == 50 && count > 10)
  }

  @Test func `texts of another class are other rows`() throws {
    let bytes = Array("one\ntwo\n".utf8)
    var digests: Set<Digest> = []
    for label in ["a", "b"] {
      var chunks = LineChunkReader(
        Decoder(ByteChunks(bytes, step: 3), file: "in"),
        LabelledLines(file: "in", number: 1, label: label, maximumBytes: 100), sizes: Self.sizes,
        longestLine: 100)
      let chunk = try #require(try chunks.next())
      digests.insert(chunk.digest(layout: chunks.layoutText, cores: 1))
      var rows = Rows()
      for batch in try chunks.rows(of: chunk) { rows.append(batch) }
      #expect(rows.fields == [["one", label], ["two", label]])
    }
    #expect(digests.count == 2)
  }
}
