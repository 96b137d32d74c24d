import Chains
import Digests
import Files
import Fixtures
import Testing
import Text

struct ChunkPartsTests {
  private static let sizes = ChunkSizes(least: 100, usual: 200, most: 400)

  private static func reader(_ path: String) throws -> TableChunkReader<InputFile> {
    try TableChunkReader(InputFile(path), file: "table", sizes: sizes)
  }

  @Test func `a known chunk is given when nothing else is under way, the lines of others at once`()
    throws
  {
    let folder = try TemporaryFolder()
    let rows = (1...300).map { "\($0)\tword\($0)\n" }
    let path = try folder.write("table", "line\ttext\n" + rows.joined())
    var starts: [Origin] = []
    var reader = try Self.reader(path)
    while let chunk = try reader.next() { starts.append(try #require(chunk.start)) }
    // Two chunks of three are known.
    let known = Set(starts.indices.filter { $0 % 3 != 0 }.map { starts[$0] })
    #expect(known.count > 5)

    var parts = ChunkParts(
      try Self.reader(path), byteCount: 50, isKnown: { known.contains($0.start) })
    var (underWay, most, rowCount, knownCount) = (0, 0, 0, 0)
    while true {
      guard let part = parts.next(isFirst: underWay == 0) else {
        if underWay == 0 { break }
        underWay = 0
        continue
      }
      #expect(!part.isKnown || underWay == 0)
      #expect(!part.chunk.lines.isEmpty)
      if part.isKnown { knownCount += 1 }
      if part.isLast { rowCount += part.chunk.rowCount }
      underWay += 1
      most = max(most, underWay)
    }
    try parts.finish()
    #expect(rowCount == rows.count)
    #expect(knownCount == known.count)
    #expect(most > 2)
  }

  @Test func `a known chunk has the parts of an unknown one when what was known is lost`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("table", "line\ttext\n1\tone\n2\ttwo\n3\tthree\n")
    var parts = ChunkParts(
      try Self.reader(path), byteCount: 5, isKnown: { _ in true })
    let next = parts.next(isFirst: true)
    let part = try #require(next)
    let lines = try Self.reader(path).lines
    let batches = try part.unknownParts(byteCount: 5).map { try $0.rows(by: lines) }
    #expect(batches.map(\.count) == [1, 1, 1])
    let end = parts.next(isFirst: true)
    #expect(end == nil)
    try parts.finish()
  }
}
