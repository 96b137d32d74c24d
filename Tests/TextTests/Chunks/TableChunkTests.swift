import Diagnostics
import Digests
import Fixtures
import HostileInputs
import Testing
import Text

struct TableChunkTests {
  private static let sizes = ChunkSizes(least: 100, usual: 200, most: 400)
  private static let alphabet = Array("ab\t\n\r\\né ".unicodeScalars)

  private static func rows(_ count: Int, _ random: inout SeededNumbers) -> [[String]] {
    (0..<count).map { _ in
      (0..<2).map { _ in
        var text = ""
        for _ in 0..<Int.random(in: 0...12, using: &random) {
          text.unicodeScalars.append(alphabet.randomElement(using: &random) ?? "x")
        }
        return text
      }
    }
  }

  /// A table of rows whose origins begin at some place, and rise by one or two.
  private static func table(_ rows: [[String]], at start: Origin) throws -> [UInt8] {
    var batch = RowBatch(columnCount: 2)
    for (index, row) in rows.enumerated() {
      batch.append(row, Origin(file: start.file, line: start.line + index + index / 3))
    }
    var writer = try TableWriter(columns: ["text", "label"], to: ByteHeap())
    try writer.append(batch)
    return writer.finish().bytes
  }

  private static func chunks(
    _ table: [UInt8], step: Int = .max, cores: Int = 1
  ) throws -> [TableChunk] {
    var reader = try TableChunkReader(
      ByteChunks(table, step: step), file: "table", sizes: sizes, cores: cores, bufferBytes: 50)
    #expect(reader.columns == ["text", "label"])
    var chunks: [TableChunk] = []
    while let chunk = try reader.next() { chunks.append(chunk) }
    return chunks
  }

  /// The digest of a chunk as it is defined: of its lines, each numbered by its distance from the one
  /// before.
  private static func digest(of chunk: TableChunk) -> Digest {
    var text = ""
    var last = chunk.start?.line ?? 0
    for line in String(decoding: chunk.lines, as: UTF8.self).utf8.split(separator: 0x0A) {
      let fields = String(decoding: line.drop { $0 != 0x09 }, as: UTF8.self)
      let place = String(decoding: line.prefix { $0 != 0x09 }, as: UTF8.self)
      let number = Int(place.split(separator: ":").last ?? "") ?? 0
      text += "\(number - last)\(fields)\n"
      last = number
    }
    return BLAKE3.digest(of: text)
  }

  @Test func `the digest of a chunk is that of its lines, however long they are`() throws {
    var batch = RowBatch(columnCount: 2)
    for index in 0..<200 {
      let text = String(repeating: "word ", count: index * index)
      batch.append([text, "x"], Origin(line: 7 + index * index))
    }
    var writer = try TableWriter(columns: ["text", "label"], to: ByteHeap())
    try writer.append(batch)
    var reader = try TableChunkReader(
      ByteChunks(writer.finish().bytes), file: "table",
      sizes: ChunkSizes(least: 400_000, usual: 800_000, most: 1_600_000))
    var count = 0
    while let chunk = try reader.next() {
      #expect(chunk.digest == Self.digest(of: chunk))
      count += 1
    }
    #expect(count > 5)
  }

  @Test func `the chunks of a table are its lines, however it is read`() throws {
    var random = SeededNumbers(seed: 1)
    for _ in 0..<200 {
      let rows = Self.rows(Int.random(in: 0...90, using: &random), &random)
      let table = try Self.table(rows, at: Origin(line: 2))
      let chunks = try Self.chunks(table)
      let header = TableText.header(["text", "label"])
      #expect(header + chunks.flatMap(\.lines) == table)
      #expect(chunks.reduce(0) { $0 + $1.rowCount } == rows.count)
      let cut = try Self.chunks(table, step: Int.random(in: 1...70, using: &random), cores: 2)
      #expect(cut.map(\.lines) == chunks.map(\.lines))
      #expect(cut.map(\.digest) == chunks.map(\.digest))
      #expect(chunks.map(\.digest) == chunks.map(Self.digest))
      for chunk in chunks {
        let pieces = TableText.pieces(of: chunk.lines, byteCount: 60)
        #expect(pieces.flatMap { Array(chunk.lines[$0]) } == chunk.lines)
      }
    }
  }

  @Test func `a table that was cut once is cut there again without looking`() throws {
    var random = SeededNumbers(seed: 4)
    for _ in 0..<50 {
      let rows = Self.rows(Int.random(in: 0...90, using: &random), &random)
      let table = try Self.table(rows, at: Origin(line: 2))
      let cuts = ChunkCuts()
      var readings: [[TableChunk]] = []
      for step in [70, 1, 33] {
        var reader = try TableChunkReader(
          ByteChunks(table, step: step), file: "table", sizes: Self.sizes, cuts: cuts,
          cores: step == 1 ? 1 : 2)
        var chunks: [TableChunk] = []
        while let chunk = try reader.next() { chunks.append(chunk) }
        readings.append(chunks)
      }
      for chunks in readings.dropFirst() {
        #expect(chunks.map(\.lines) == readings[0].map(\.lines))
        #expect(chunks.map(\.digest) == readings[0].map(\.digest))
        #expect(chunks.map(\.start) == readings[0].map(\.start))
        #expect(chunks.map(\.rowCount) == readings[0].map(\.rowCount))
        #expect(chunks.map(\.firstLine) == readings[0].map(\.firstLine))
      }
      for other in [Array(table.dropLast()), table + table[..<3]] where !rows.isEmpty {
        var reader = try TableChunkReader(
          ByteChunks(other), file: "table", sizes: Self.sizes, cuts: cuts)
        #expect(throws: Diagnostic.self) { while try reader.next() != nil {} }
      }
    }
  }

  @Test func `rows are the same wherever they stand, and can be moved there`() throws {
    var random = SeededNumbers(seed: 2)
    for _ in 0..<100 {
      let rows = Self.rows(60, &random)
      let places = [Origin(line: 2), Origin(line: 998), Origin(file: 3, line: 40)]
      let found = try places.map { try Self.chunks(Self.table(rows, at: $0)) }
      for other in found {
        #expect(other.map(\.digest) == found[0].map(\.digest))
        for (chunk, first) in zip(other, found[0]) {
          let (new, old) = (try #require(chunk.start), try #require(first.start))
          #expect(TableText.moved(first.lines, from: old, to: new, cores: 2) == chunk.lines)
        }
      }
    }
  }

  @Test(arguments: [1, 7, 100, 10_000])
  func `lines that come block by block are moved like all at once`(_ blockBytes: Int) throws {
    var random = SeededNumbers(seed: 3)
    let rows = Self.rows(60, &random)
    let (old, new) = (Origin(line: 95), Origin(file: 2, line: 1_000))
    let header = TableText.header(["text", "label"]).count
    let lines = Array(try Self.table(rows, at: old).dropFirst(header))
    let moved = Array(try Self.table(rows, at: new).dropFirst(header))
    for to in [old, new] {
      var mover = MovedLines(from: old, to: to, cores: 1)
      var found: [UInt8] = []
      for start in stride(from: 0, to: lines.count, by: blockBytes) {
        let next = mover.next(Array(lines.dropFirst(start).prefix(blockBytes)))
        found += try #require(next)
      }
      #expect(mover.isWhole && found == (to == old ? lines : moved))
    }
    var mover = MovedLines(from: old, to: new, cores: 1)
    let first = mover.next(Array("96\tx\n97".utf8))
    #expect(first == Array("2:1001\tx\n".utf8) && !mover.isWhole)
    let second = mover.next(Array("x\n".utf8))
    #expect(second == nil)
  }

  @Test(arguments: ["1\tx\n2", "x\ta\n", "2:1\ta\n", "1\ta\n0\tb\n"])
  func `lines that are not a table's are not moved`(lines: String) {
    #expect(
      TableText.moved(
        Array(lines.utf8), from: Origin(line: 5), to: Origin(line: 3), cores: 1) == nil)
  }

  @Test func `a chunk ends where another file begins`() throws {
    var batch = RowBatch(columnCount: 1)
    for (file, line) in [(1, 2), (1, 3), (2, 2), (3, 2)] {
      batch.append(["x"], Origin(file: file, line: line))
    }
    var writer = try TableWriter(columns: ["text"], to: ByteHeap())
    try writer.append(batch)
    var reader = try TableChunkReader(
      ByteChunks(writer.finish().bytes), file: "table", sizes: Self.sizes)
    var counts: [Int] = []
    while let chunk = try reader.next() { counts.append(chunk.rowCount) }
    #expect(counts == [2, 1, 1])
  }

  @Test func `a damaged line is in a chunk without a beginning, and is refused with its number`()
    throws
  {
    var reader = try TableChunkReader(
      ByteChunks("line\ta\n1\tx\n?\ty\n"), file: "table", sizes: Self.sizes)
    let chunk = try #require(try reader.next())
    #expect(chunk.start == nil && chunk.line(at: 4) == 3)
    let lines = reader.lines
    let error = try #require(throws: Diagnostic.self) {
      try lines.rows(of: chunk.lines.span, firstLine: chunk.firstLine)
    }
    #expect(error.place?.line == 3)
  }
}
