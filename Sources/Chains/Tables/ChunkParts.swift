import Diagnostics
import Files
import Text

/// Neighbouring lines of a chunk of a table, as many as one thread works on at a time.
package struct ChunkPart: Sendable {
  package let chunk: TableChunk
  /// By what the chunk is known; nil where that is not wanted, or a line is damaged.
  package var identity: ChunkIdentity? { chunk.identity }
  /// Where the lines lie in the chunk's.
  fileprivate let range: Range<Int>
  /// Whether an earlier run made something of the chunk, which is whole then.
  package let isKnown: Bool
  /// Whether the chunk ends with them.
  package let isLast: Bool

  /// How long the lines are.
  var byteCount: Int { range.count }

  /// Rewrites the lines field by field; see `TableLines.rewrite`.
  package func rewrite(
    by table: TableLines, changing isChanged: [Bool], into text: inout [UInt8],
    change: (_ field: Span<UInt8>, _ row: Origin, _ output: inout [UInt8]) -> Bool,
    otherwise rewriteRows: (RowBatch, inout [UInt8]) throws(Diagnostic) -> Int
  ) throws(Diagnostic) -> Int {
    let lines = chunk.lines.span.extracting(range)
    // The last line whose number was asked for.
    var known: (place: Int, number: Int)?
    return try table.rewrite(lines, changing: isChanged, into: &text, change: change) {
      (refused, text) throws(Diagnostic) in
      let place = range.lowerBound + refused.lowerBound
      let number = chunk.line(at: place, countedFrom: known)
      known = (place, number)
      return try rewriteRows(table.rows(of: lines.extracting(refused), firstLine: number), &text)
    }
  }

  /// Calls `body` with each row of the lines; see `TableLines.forEachRow`.
  package func forEachRow(
    by table: TableLines,
    _ body: (_ origin: Origin, _ bytes: Span<UInt8>, _ fields: Span<Range<Int>>) -> Void
  ) throws(Diagnostic) {
    try table.forEachRow(
      of: chunk.lines.span.extracting(range), firstLine: chunk.line(at: range.lowerBound), body)
  }

  /// The rows of the lines.
  package func rows(by table: TableLines) throws(Diagnostic) -> RowBatch {
    try table.rows(
      of: chunk.lines.span.extracting(range), firstLine: chunk.line(at: range.lowerBound))
  }

  /// The parts of a known chunk, as if nothing were known of it.
  package func unknownParts(byteCount: Int) -> [ChunkPart] {
    Self.parts(of: chunk, byteCount: byteCount)
  }

  fileprivate static func parts(of chunk: TableChunk, byteCount: Int) -> [ChunkPart] {
    let ranges = TableText.pieces(of: chunk.lines, byteCount: byteCount)
    return ranges.enumerated().map { index, range in
      ChunkPart(
        chunk: chunk, range: range, isKnown: false, isLast: index == ranges.count - 1)
    }
  }
}

/// The parts of all chunks of a table, in order.
///
/// A known chunk is one long part. It is not given before the parts ahead of it are dealt with, so that
/// no more than one is under way, on however many cores.
package struct ChunkParts: ~Copyable {
  package private(set) var reader: TableChunkReader<InputFile>
  private let byteCount: Int
  private let isKnown: (ChunkIdentity) -> Bool
  private var waiting: ArraySlice<ChunkPart> = []
  private var failure: Diagnostic?

  /// - Parameters:
  ///   - byteCount: about how long a part is.
  ///   - isKnown: whether an earlier run made something of a chunk; nil where that is not asked.
  package init(
    _ reader: consuming TableChunkReader<InputFile>, byteCount: Int,
    isKnown: ((ChunkIdentity) -> Bool)?
  ) {
    self.reader = reader
    self.byteCount = byteCount
    self.isKnown = isKnown ?? { _ in false }
    self.reader.isIdentifying = isKnown != nil
  }

  /// The next part; nil at the end, where the table cannot be read on, and where parts that are under
  /// way must be dealt with first.
  ///
  /// - Parameter isFirst: whether no other part is under way.
  package mutating func next(isFirst: Bool) -> ChunkPart? {
    if waiting.isEmpty, failure == nil { readOn() }
    guard isFirst || waiting.first?.isKnown != true else { return nil }
    return waiting.popFirst()
  }

  private mutating func readOn() {
    do throws(Diagnostic) {
      guard let chunk = try reader.next() else { return }
      waiting =
        chunk.identity.map(isKnown) == true
        ? [ChunkPart(chunk: chunk, range: 0..<chunk.lines.count, isKnown: true, isLast: true)]
        : ChunkPart.parts(of: chunk, byteCount: byteCount)[...]
    } catch { failure = error }
  }

  /// Throws why the table cannot be read on: to be called when all parts before are dealt with.
  package func finish() throws(Diagnostic) {
    if let failure { throw failure }
  }
}
