import Cores
import Diagnostics
import Digests

/// A table artifact as chunks that are cut by their content.
///
/// A chunk has rows of one source file only. Memory is that of two or three chunks and of the bytes read
/// behind them: while the rows of one are hashed, the next is read.
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
  /// The chunks so far, where others are told of them.
  private var found: [ChunkCuts.Cut] = []
  private var knownCount = 0
  /// The chunks whose rows are hashed.
  private var identifying: OrderedMaking<TableChunk, TableChunk, Never>
  /// What was found wrong behind them.
  private var failure: Diagnostic?
  /// Bytes that are in no chunk yet.
  private var rest: [UInt8] = []
  private var line = 2
  private var hasEnded = false
  private let lineFeed = ByteSearch([UInt8(ascii: "\n")])
  private let tab = ByteSearch([UInt8(ascii: "\t")])

  /// Opens an artifact and reads its header.
  ///
  /// - Parameters:
  ///   - cuts: shared by those who read the same artifact with the same sizes.
  ///   - cores: with more than one, rows are hashed while the next chunk is read.
  package init(
    _ source: consuming Source, file: String, sizes: ChunkSizes, cuts: ChunkCuts? = nil,
    cores: Int = 1, bufferBytes: Int = 256 << 10
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
    identifying = OrderedMaking(cores: min(cores, 2), most: 2) { chunk in
      var chunk = chunk
      chunk.digest = RowsHash.digest(of: chunk.lines.span)
      return chunk
    }
  }

  /// The next chunk, of at least one row; nil at the end.
  package mutating func next() throws(Diagnostic) -> TableChunk? {
    // As a variable of its own it can be read while the rest changes.
    var rest: [UInt8] = []
    swap(&rest, &self.rest)
    defer { swap(&rest, &self.rest) }
    if let known { return try next(of: known, &rest) }
    guard isIdentifying else { return try cutNext(&rest) }
    while !identifying.isFull, failure == nil {
      do throws(Diagnostic) {
        guard let chunk = try cutNext(&rest) else { break }
        identifying.start(chunk)
      } catch { failure = error }
    }
    guard let chunk = identifying.takeNext() else {
      if let failure { throw failure }
      cuts?.note(found)
      return nil
    }
    if cuts != nil { found.append(ChunkCuts.Cut(of: chunk)) }
    return chunk
  }

  /// The next chunk, its rows not hashed.
  private mutating func cutNext(_ rest: inout [UInt8]) throws(Diagnostic) -> TableChunk? {
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
        return chunk.rowCount > 0 ? take(start, of: &rest, chunk) : nil
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
    let cut = knownCount < known.count ? known[knownCount] : nil
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
    knownCount += 1
    return take(cut.byteCount, of: &rest, chunk)
  }

  /// Adds a line; says whether the chunk ends behind it, or nil when it ends before it.
  private mutating func add(_ line: Span<UInt8>, to chunk: inout TableChunk) -> Bool? {
    let end = tab.first(in: line, from: 0)
    let origin = Origin(line.extracting(..<end))
    if chunk.rowCount == 0 {
      chunk.start = origin
    } else if let file = chunk.start?.file, let origin, origin.file != file {
      return nil
    }
    if origin == nil { chunk.start = nil }
    chunk.rowCount += 1
    return cut.endsChunk(line.extracting(end...))
  }

  /// Moves the first of the bytes that are left into the chunk.
  private mutating func take(
    _ count: Int, of rest: inout [UInt8], _ chunk: TableChunk
  ) -> TableChunk {
    var chunk = chunk
    chunk.lines = rest.takeFirst(count, reserving: sizes.most + bufferBytes)
    line += chunk.rowCount
    cut.restart()
    return chunk
  }
}
