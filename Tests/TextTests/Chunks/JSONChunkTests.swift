import Diagnostics
import Digests
import Fixtures
import HostileInputs
import Testing
import Text

/// Runs of bytes, between which reading fails once.
private struct BrokenSource: ByteSource {
  static let failure = Diagnostic(Diagnostic.Message("the disk cannot be read"))
  private var runs: [[UInt8]?]

  init(_ first: String, _ second: String) { runs = [Array(first.utf8), nil, Array(second.utf8)] }

  mutating func read(into buffer: inout [UInt8]) throws(Diagnostic) -> Int {
    guard !runs.isEmpty else { return 0 }
    guard let run = runs.removeFirst() else { throw Self.failure }
    buffer.replaceSubrange(0..<run.count, with: run)
    return run.count
  }
}

struct JSONChunkTests {
  /// What reading a file came to: its rows, or what was wrong with it.
  private struct Outcome: Equatable {
    var rows: [[String]] = []
    var origins: [String] = []
    /// Without the lines that an error shows, which are cut where a run of bytes ends.
    var problem: String?
    var skippedCount = 0
    var skipped: [String] = []
    var replacements = 0
  }

  private static func layout(_ malformedRows: MalformedRows, rows: String? = nil) -> JSONLayout {
    JSONLayout(
      file: "in", number: 1, columns: [ColumnChoice("a", .header("a"))], rows: rows,
      invalid: .replace, malformedRows: malformedRows, maximumBytes: 4_000)
  }

  private static func plain(_ text: [UInt8], _ layout: JSONLayout) -> Outcome {
    var outcome = Outcome()
    var rows = Rows()
    var reader = layout.reader(of: Decoder(ByteChunks(text, step: .max), file: "in"))
    do throws(Diagnostic) {
      while let batch = try reader.next() { rows.append(batch) }
    } catch { outcome.problem = "\(error)" }
    (outcome.rows, outcome.origins) = (rows.fields, rows.origins)
    outcome.skippedCount = reader.skipped.count
    outcome.skipped = reader.skipped.examples.map { "\($0)" }
    outcome.replacements = reader.replacements
    return outcome
  }

  /// Reads by chunks, and passes over those whose rows are known.
  private static func chunked(
    _ text: [UInt8], _ layout: JSONLayout, step: Int, _ known: inout KnownRows
  ) -> Outcome {
    var outcome = Outcome()
    var chunks = JSONChunkReader(
      Decoder(ByteChunks(text, step: step), file: "in"), layout,
      sizes: ChunkSizes(least: 20, usual: 40, most: 90))
    var rows = Rows()
    do throws(Diagnostic) {
      while let chunk = try chunks.next() {
        let line = chunks.line
        let digest = chunk.digest(layout: chunks.layoutText, cores: 1)
        if chunks.isBetweenRecords, !chunk.bytes.isEmpty,
          let lineCount = known.append(digest, at: line, to: &rows)
        {
          chunks.skip(lines: lineCount)
          continue
        }
        var found = Rows()
        for batch in try chunks.rows(of: chunk) { found.append(batch) }
        rows.fields += found.fields
        rows.origins += found.origins
        guard chunks.gaveRowsOnly, !chunk.bytes.isEmpty else { continue }
        known.add(found, of: digest, lines: line..<chunks.line)
      }
    } catch { outcome.problem = "\(error)" }
    outcome.skippedCount = chunks.skipped.count
    outcome.skipped = chunks.skipped.examples.map { "\($0)" }
    outcome.replacements = chunks.replacements
    (outcome.rows, outcome.origins) = (rows.fields, rows.origins)
    return outcome
  }

  @Test func `chunks of any file give its rows, its errors, and those of an edited one`() {
    var random = SeededNumbers(seed: 11)
    let sound = [
      "{\"a\": \"x\"}\n", "{\"a\": 1, \"b\": [2]}\n", "{\"b\": {}, \"a\": \"é\\n\"}\r\n", "\n",
      "{\"a\": \"\(String(repeating: "long ", count: 9))\"}\n", "{\"a\": null}{\"a\": 2}\n",
    ]
    let others = [
      "{\"a\":\n 3}\n", "[7]\n", "{\"b\": 1}\n", "{\"a\": \"\\ud800\"}\n", "{\"a\": 4\n", "oops\n",
      "{\"a\": \"open\n", "}\n", " ", "[", "]", ",",
      "{\"a\": \"\(String(repeating: "x", count: 200))\"}",
    ]
    var knownChunks = 0
    for round in 0..<2_000 {
      let layout = Self.layout(
        round % 2 == 0 ? .skip : .refuse, rows: round % 19 == 0 ? "data" : nil)
      let usable = round % 4 < 2 ? sound : sound + sound + others
      var parts = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        usable.randomElement(using: &random) ?? "\n"
      }
      var known = KnownRows()
      for _ in 0..<3 {
        let text = Array(parts.joined().utf8)
        let before = known.count
        let found = Self.chunked(
          text, layout, step: Int.random(in: 1...90, using: &random), &known)
        knownChunks += known.count - before
        let expected = Self.plain(text, layout)
        if expected.problem != nil {
          // Rows before an error are of no use to anybody.
          #expect(found.problem == expected.problem, "\(parts)")
        } else {
          #expect(found == expected, "\(parts)")
        }
        parts.insert("{\"a\": \"new\"}\n", at: Int.random(in: 0...parts.count, using: &random))
      }
    }
    #expect(knownChunks > 3_000)
  }

  @Test(arguments: [MalformedRows.refuse, .skip])
  func `what went wrong in reading on is told, though a row is cut off by it`(
    malformedRows: MalformedRows
  ) {
    var chunks = JSONChunkReader(
      BrokenSource("{\"a\": 1}\n{\"a\":", " 2}\n"), Self.layout(malformedRows),
      sizes: ChunkSizes(least: 20, usual: 40, most: 90))
    var rows = Rows()
    let error = #expect(throws: Diagnostic.self) {
      while let chunk = try chunks.next() {
        for batch in try chunks.rows(of: chunk) { rows.append(batch) }
      }
    }
    #expect(error == BrokenSource.failure)
    #expect(rows.fields == [["1"]])
  }

  @Test func `an edit of one line leaves the chunks behind it as they were`() {
    var rows = (0..<400).map { "{\"a\": \"row \($0 * 7919 % 1_009)\"}\n" }
    let layout = Self.layout(.refuse)
    var known = KnownRows()
    _ = Self.chunked(Array(rows.joined().utf8), layout, step: .max, &known)
    let before = known.count
    rows[200] = "{\"a\": \"other\"}\n"
    _ = Self.chunked(Array(rows.joined().utf8), layout, step: .max, &known)
    #expect(before > 100)
    #expect((1...6).contains(known.count - before), "\(known.count - before) of \(before)")
  }
}
