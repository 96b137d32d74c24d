import Diagnostics
import Digests
import Fixtures
import HostileInputs
import Testing
import Text

struct DelimitedChunkTests {
  /// What reading a file came to: its rows, or what was wrong with it.
  private struct Outcome: Equatable {
    var rows: [[String]] = []
    var origins: [String] = []
    var problem: String?
    var line: Int?
    var skipped = 0
  }

  private static let dialects: [Dialect] = [
    .csv, .tsv,
    {
      var dialect = Dialect.csv
      dialect.strayQuotes = .keep
      dialect.escape = UInt8(ascii: "\\")
      dialect.comment = UInt8(ascii: "#")
      return dialect
    }(),
    {
      var dialect = Dialect.csv
      dialect.hasHeader = false
      dialect.skippedLines = 2
      dialect.trims = true
      return dialect
    }(),
  ]

  private static func reader(
    _ text: [UInt8], step: Int, _ dialect: Dialect, stopsEarly: Bool
  ) throws(Diagnostic) -> DelimitedReader<Decoder<ByteChunks>> {
    try DelimitedReader(
      Decoder(ByteChunks(text, step: step), file: "in"), file: "in", dialect: dialect,
      malformedRows: .skip, stopsEarly: stopsEarly, chunkBytes: 64)
  }

  private static func plain(_ text: [UInt8], _ dialect: Dialect) -> Outcome {
    var outcome = Outcome()
    var rows = Rows()
    do throws(Diagnostic) {
      var reader = try reader(text, step: .max, dialect, stopsEarly: false)
      defer { outcome.skipped = reader.skipped.count }
      while let batch = try reader.next() { rows.append(batch) }
    } catch {
      outcome.problem = error.message.problem
      outcome.line = error.place?.line
    }
    (outcome.rows, outcome.origins) = (rows.fields, rows.origins)
    return outcome
  }

  /// Reads by chunks, and passes over those whose rows are known.
  private static func chunked(
    _ text: [UInt8], _ dialect: Dialect, step: Int, _ memory: inout Memory
  ) -> Outcome {
    var outcome = Outcome()
    var rows = Rows()
    do throws(Diagnostic) {
      var chunks = DelimitedChunkReader(
        try reader(text, step: step, dialect, stopsEarly: true),
        sizes: ChunkSizes(least: 20, usual: 40, most: 90), partSize: 15)
      defer { outcome.skipped = chunks.skipped.count }
      if let first = chunks.takeFirst() { rows.append(first) }
      // Two chunks are read ahead.
      var ahead: [DelimitedChunk] = []
      while true {
        while ahead.count < 3, let chunk = chunks.next() { ahead.append(chunk) }
        guard !ahead.isEmpty else { break }
        let chunk = ahead.removeFirst()
        let (isStart, line, oddities) = (chunks.isBetweenRecords, chunks.line, chunks.oddityCount)
        let digest = chunk.lines.digest(layout: chunks.layoutText, cores: 1)
        if isStart, let lineCount = memory.known.append(digest, at: line, to: &rows) {
          chunks.skip(lines: lineCount)
          continue
        }
        var found = Rows()
        for (index, part) in chunk.parts.enumerated() {
          // Some are parsed in turn though nothing is odd about them.
          if index % 4 != 3, let sound = chunks.lines.rows(of: part, in: chunk),
            chunks.accept(lines: sound.lineCount, for: part)
          {
            memory.soundParts += 1
            if let text = chunks.lines.text(of: part, in: chunk) {
              memory.copiedParts += 1
              var lines: [UInt8] = []
              TableText.append(sound.batch, to: &lines)
              #expect(text.lines == lines)
              #expect(text.rowCount == sound.batch.count && text.lineCount == sound.lineCount)
            }
            rows.append(sound.batch)
            found.append(sound.batch)
          } else {
            if chunks.lines.rows(of: part, in: chunk) == nil {
              let text = chunks.lines.text(of: part, in: chunk)
              #expect(text == nil)
            }
            for batch in try chunks.rows(of: part, in: chunk) {
              rows.append(batch)
              found.append(batch)
            }
          }
        }
        guard isStart, chunks.isBetweenRecords, chunks.oddityCount == oddities else { continue }
        memory.known.add(found, of: digest, lines: line..<chunks.line)
      }
      try chunks.finish()
    } catch {
      outcome.problem = error.message.problem
      outcome.line = error.place?.line
    }
    (outcome.rows, outcome.origins) = (rows.fields, rows.origins)
    return outcome
  }

  private struct Memory {
    var known = KnownRows()
    /// How many parts were parsed out of turn.
    var soundParts = 0
    /// How many of them were copied without being parsed.
    var copiedParts = 0
  }

  @Test func `chunks of any file give its rows, its errors, and those of an edited one`() {
    var random = SeededNumbers(seed: 7)
    let pieces = [
      "a", "b,c", "\t", ",", "\"x,y\"", "\"l\nm\"", "\"q\"\"r\"", "\n", "\n", "\r\n", "\n", "é",
      "#",
      "\\n", " ", "\"", "d,e\n", "f,g\n", "h,\"i\nj\"\n", "\"k\tl\",m\\\r\n",
      "\"n\"\"\",\"o\rp\"\n", "\n",
    ]
    var (knownRows, soundParts, copiedParts) = (0, 0, 0)
    for round in 0..<1_500 {
      let dialect = Self.dialects[round % Self.dialects.count]
      // Most files are sound, or nothing but errors would be compared.
      let usable = round % 3 == 0 ? pieces[...] : pieces[16...]
      var parts = (0..<Int.random(in: 0...80, using: &random)).map { _ in
        usable.randomElement(using: &random) ?? "\n"
      }
      var memory = Memory()
      for _ in 0..<3 {
        let text = Array(("t,u\n" + parts.joined()).utf8)
        let before = memory.known.count
        let found = Self.chunked(
          text, dialect, step: Int.random(in: 1...90, using: &random), &memory)
        knownRows += memory.known.count - before
        #expect(found == Self.plain(text, dialect), "\(String(decoding: text, as: UTF8.self))")
        parts.insert("v,w\n", at: Int.random(in: 0...parts.count, using: &random))
      }
      soundParts += memory.soundParts
      copiedParts += memory.copiedParts
    }
    #expect(knownRows > 1_000)
    #expect(soundParts > 1_000)
    #expect(copiedParts > 1_000)
  }

  @Test(arguments: [
    "a,b\r", "\"never closed,b\n", "a,\"long \(String(repeating: "x", count: 60))\"",
  ])
  func `a file may end where a chunk is cut`(_ end: String) {
    for count in 0..<120 {
      for step in [1, 30, Int.max] {
        let text = Array(("t,u\n" + String(repeating: "c,d\r", count: count) + end).utf8)
        var memory = Memory()
        #expect(Self.chunked(text, .csv, step: step, &memory) == Self.plain(text, .csv), "\(count)")
      }
    }
  }

  @Test func `an edit of one line leaves the chunks behind it as they were`() throws {
    let rows = (0..<400).map { "row \($0 * 7919 % 1_009),\"two\nlines \($0)\"\n" }
    var memory = Memory()
    _ = Self.chunked(Array(("a,b\n" + rows.joined()).utf8), .csv, step: .max, &memory)
    let before = memory.known.count
    var edited = rows
    edited[200] = "other,words\n"
    _ = Self.chunked(Array(("a,b\n" + edited.joined()).utf8), .csv, step: .max, &memory)
    #expect(before > 100)
    #expect(
      (1...6).contains(memory.known.count - before), "\(memory.known.count - before) of \(before)")
  }
}
