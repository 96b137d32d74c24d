import Diagnostics
import Digests

/// A table artifact as chunks that are cut by their content.
///
/// A chunk has rows of one source file only. Memory is that of a chunk and of the bytes read behind it.
package struct TableChunkReader<Source: ByteSource & ~Copyable>: ~Copyable {
  /// The named columns, without the one that holds the origins.
  package let columns: [String]
  /// What turns lines into rows.
  package let lines: TableLines
  /// Where the bytes come from.
  package private(set) var source: Source
  /// Whether the digests of chunks are asked for.
  package var isIdentifying = true
  private let sizes: ChunkSizes
  private var cut: ContentCut
  private let bufferBytes: Int
  /// Where an earlier reader cut the table, or else where this one tells later ones that it did.
  private let cuts: ChunkCuts?
  private let known: [ChunkCuts.Cut]?
  /// The chunks so far.
  private var found: [ChunkCuts.Cut] = []
  /// Of the chunk under way.
  private var hash = RowsHash()
  /// Bytes that are in no chunk yet.
  private var rest: [UInt8] = []
  private var line = 2
  private var hasEnded = false
  private let lineFeed = ByteSearch([UInt8(ascii: "\n")])
  private let tab = ByteSearch([UInt8(ascii: "\t")])

  /// Opens an artifact and reads its header.
  ///
  /// - Parameter cuts: shared by those who read the same artifact with the same sizes.
  package init(
    _ source: consuming Source, file: String, sizes: ChunkSizes, cuts: ChunkCuts? = nil,
    bufferBytes: Int = 256 << 10
  ) throws(Diagnostic) {
    self.source = source
    self.cuts = cuts
    known = cuts?.whole
    self.bufferBytes = bufferBytes
    var buffer = [UInt8](repeating: 0, count: bufferBytes)
    columns = try TableText.columns(from: &self.source, file: file, &buffer, rest: &rest)
    lines = TableLines(columnCount: columns.count, file: file)
    self.sizes = sizes
    cut = ContentCut(sizes)
  }

  /// The next chunk, of at least one row; nil at the end.
  package mutating func next() throws(Diagnostic) -> TableChunk? {
    // As a variable of its own it can be read while the rest changes.
    var rest: [UInt8] = []
    swap(&rest, &self.rest)
    defer { swap(&rest, &self.rest) }
    if let known { return try next(of: known, &rest) }
    var chunk = TableChunk()
    chunk.firstLine = line
    var start = 0
    var searched = 0
    while true {
      let end = lineFeed.first(in: rest.span, from: searched)
      if end < rest.count {
        searched = end + 1
        let isLast = add(rest.span.extracting(start..<end), to: &chunk)
        guard let isLast else { return take(start, of: &rest, chunk) }
        start = searched
        if isLast { return take(start, of: &rest, chunk) }
      } else if hasEnded {
        guard start == rest.count else {
          throw lines.damaged("its last line is cut short", line + chunk.rowCount)
        }
        if chunk.rowCount > 0 { return take(start, of: &rest, chunk) }
        if isIdentifying { cuts?.note(found) }
        return nil
      } else {
        searched = rest.count
        hasEnded = try source.append(to: &rest, atMost: bufferBytes) == 0
      }
    }
  }

  /// The next chunk of those that are known.
  private mutating func next(
    of known: [ChunkCuts.Cut], _ rest: inout [UInt8]
  ) throws(Diagnostic) -> TableChunk? {
    let cut = found.count < known.count ? known[found.count] : nil
    while !hasEnded, rest.count < cut?.byteCount ?? 1 {
      hasEnded = try source.append(to: &rest, atMost: bufferBytes) == 0
    }
    guard let cut, cut.byteCount <= rest.count else {
      guard cut == nil, rest.isEmpty else {
        throw lines.damaged("it is not as long as it was", line)
      }
      return nil
    }
    var chunk = TableChunk()
    (chunk.firstLine, chunk.rowCount) = (line, cut.rowCount)
    (chunk.start, chunk.digest) = (cut.start, cut.digest)
    return take(cut.byteCount, of: &rest, chunk)
  }

  /// Adds a line; says whether the chunk ends behind it, or nil when it ends before it.
  private mutating func add(_ line: Span<UInt8>, to chunk: inout TableChunk) -> Bool? {
    let end = tab.first(in: line, from: 0)
    let origin = Origin(line.extracting(..<end))
    if chunk.rowCount == 0 {
      chunk.start = origin
      chunk.lastLine = origin?.line ?? 0
    } else if let file = chunk.start?.file, let origin, origin.file != file {
      return nil
    }
    let fields = line.extracting(end...)
    if let origin {
      if isIdentifying { hash.add(fields, behind: origin.line - chunk.lastLine) }
      chunk.lastLine = origin.line
    } else {
      chunk.start = nil
    }
    chunk.rowCount += 1
    return cut.endsChunk(fields)
  }

  /// Moves the first of the bytes that are left into the chunk.
  private mutating func take(
    _ count: Int, of rest: inout [UInt8], _ chunk: TableChunk
  ) -> TableChunk {
    var chunk = chunk
    chunk.lines = rest.takeFirst(count, reserving: sizes.most + bufferBytes)
    if isIdentifying, known == nil { chunk.digest = hash.finish() }
    found.append(
      ChunkCuts.Cut(
        byteCount: count, rowCount: chunk.rowCount, start: chunk.start, digest: chunk.digest))
    line += chunk.rowCount
    cut.restart()
    return chunk
  }
}

/// The digest of rows, each numbered by its distance from the one before.
private struct RowsHash {
  /// So many bytes are hashed at a time, while they are near.
  private static let hashedBytes = 128 << 10

  private var hash = BLAKE3()
  private var unhashed: [UInt8] = []

  /// - Parameters:
  ///   - fields: those of a line, with the tabs before them.
  ///   - distance: of the line from the one before.
  mutating func add(_ fields: Span<UInt8>, behind distance: Int) {
    unhashed.append(number: distance)
    unhashed.append(copying: fields)
    unhashed.append(UInt8(ascii: "\n"))
    if unhashed.count >= Self.hashedBytes { takeUnhashed() }
  }

  private mutating func takeUnhashed() {
    var bytes: [UInt8] = []
    swap(&bytes, &unhashed)
    hash.update(bytes.span)
    bytes.removeAll(keepingCapacity: true)
    swap(&bytes, &unhashed)
  }

  /// The digest of the rows so far; starts anew.
  mutating func finish() -> Digest {
    takeUnhashed()
    defer { hash = BLAKE3() }
    return hash.finalize()
  }
}

extension [UInt8] {
  /// Removes the first bytes and returns them, without copying them: the others are copied.
  ///
  /// - Parameter byteCount: the room that the others get, so that an array that grows by what is read
  ///   next is not copied again and again.
  mutating func takeFirst(_ count: Int, reserving byteCount: Int) -> [UInt8] {
    var others: [UInt8] = []
    others.reserveCapacity(byteCount)
    others += self[count...]
    swap(&self, &others)
    others.removeSubrange(count...)
    return others
  }
}

extension [UInt8] {
  /// Appends a number in decimal digits.
  mutating func append(number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    let start = count
    var rest = number.magnitude
    repeat {
      append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    if count - start > 1 { self[start...].reverse() }
  }
}
