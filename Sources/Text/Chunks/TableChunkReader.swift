import Diagnostics
import Digests

/// A table artifact as chunks that are cut by their content.
///
/// A chunk has rows of one source file only. Memory is two chunks.
package struct TableChunkReader<Source: ByteSource & ~Copyable>: ~Copyable {
  /// The named columns, without the one that holds the origins.
  package let columns: [String]
  /// What turns lines into rows.
  package let lines: TableLines
  /// Where the bytes come from.
  package private(set) var source: Source
  private let sizes: ChunkSizes
  private var cut: ContentCut
  private var buffer: [UInt8]
  /// Bytes that are in no chunk yet.
  private var rest: [UInt8] = []
  private var line = 2
  private var hasEnded = false
  private let lineFeed = ByteSearch([UInt8(ascii: "\n")])
  private let tab = ByteSearch([UInt8(ascii: "\t")])

  /// Opens an artifact and reads its header.
  package init(
    _ source: consuming Source, file: String, sizes: ChunkSizes, bufferBytes: Int = 256 << 10
  ) throws(Diagnostic) {
    self.source = source
    buffer = Array(repeating: 0, count: bufferBytes)
    columns = try TableText.columns(from: &self.source, file: file, &buffer, rest: &rest)
    lines = TableLines(columnCount: columns.count, file: file)
    self.sizes = sizes
    cut = ContentCut(sizes)
  }

  /// The next chunk, of at least one row; nil at the end.
  package mutating func next() throws(Diagnostic) -> TableChunk? {
    var chunk = TableChunk()
    chunk.firstLine = line
    // A chunk that grows from nothing is copied as often as it is long.
    chunk.content.reserveCapacity(sizes.usual)
    rest.reserveCapacity(sizes.usual)
    var start = 0
    var searched = 0
    while true {
      let end = lineFeed.first(in: rest.span, from: searched)
      if end < rest.count {
        searched = end + 1
        guard let isLast = add(start..<end, to: &chunk) else { return take(start, chunk) }
        start = searched
        if isLast { return take(start, chunk) }
      } else if hasEnded {
        guard start == rest.count else {
          throw lines.damaged("its last line is cut short", line + chunk.rowCount)
        }
        return chunk.rowCount > 0 ? take(start, chunk) : nil
      } else {
        searched = rest.count
        let count = try source.read(into: &buffer)
        hasEnded = count == 0
        rest.append(contentsOf: buffer[..<count])
      }
    }
  }

  /// Adds a line; says whether the chunk ends behind it, or nil when it ends before it.
  private mutating func add(_ range: Range<Int>, to chunk: inout TableChunk) -> Bool? {
    var cut = cut
    let ends = add(rest.span.extracting(range), to: &chunk, &cut)
    self.cut = cut
    return ends
  }

  private func add(
    _ line: Span<UInt8>, to chunk: inout TableChunk, _ cut: inout ContentCut
  ) -> Bool? {
    let end = tab.first(in: line, from: 0)
    let origin = Origin(line.extracting(..<end))
    if chunk.rowCount == 0 {
      chunk.start = origin
      chunk.lastLine = origin?.line ?? 0
    } else if let file = chunk.start?.file, let origin, origin.file != file {
      return nil
    }
    if let origin {
      chunk.content.append(number: origin.line - chunk.lastLine)
      chunk.lastLine = origin.line
    } else {
      chunk.start = nil
    }
    chunk.rowCount += 1
    let fields = line.extracting(end...)
    unsafe fields.withUnsafeBufferPointer { unsafe chunk.content.append(contentsOf: $0) }
    chunk.content.append(UInt8(ascii: "\n"))
    return cut.endsChunk(fields)
  }

  /// Moves the first bytes of `rest` into the chunk.
  private mutating func take(_ count: Int, _ chunk: TableChunk) -> TableChunk {
    var chunk = chunk
    let behind = Array(rest[count...])
    rest.removeSubrange(count...)
    swap(&chunk.lines, &rest)
    rest = behind
    line += chunk.rowCount
    cut.restart()
    return chunk
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
