import Artifacts
import Diagnostics
import Digests
import Files
import Pipelines
import Text

/// Writes a table chunk by chunk; what an earlier run made of a chunk is copied from there.
package struct TablePieceWriter: ~Copyable {
  /// A piece of the table, whose object is not known before all is written.
  private struct Written {
    let content: Digest
    let offset: Int
    let byteCount: Int
    let digest: Digest
    let note: TablePieceNote
  }

  private var draft: ArtifactDraft
  private let pieces: PieceMemory?
  private let cores: Int
  private let columnCount: Int
  private var written: [Written] = []
  /// How many rows were written.
  package private(set) var rowCount = 0
  /// The rows that were left out.
  package private(set) var dropped = DroppedRows()
  private var readCount = 0
  private var computedCount = 0

  /// Writes the header.
  ///
  /// - Parameter pieces: of earlier runs; nil where a row's result depends on other rows too.
  package init(
    columns: [String], _ pieces: PieceMemory?, in work: StageWork
  ) throws(Diagnostic) {
    self.pieces = pieces
    cores = work.cores
    columnCount = columns.count
    var draft = try work.store.makeDraft()
    try draft.write(TableText.header(columns))
    self.draft = draft
  }

  /// Whether anything is gained by naming the content of chunks.
  package var remembers: Bool { pieces != nil }

  /// Copies what was made of a chunk of rows, if that is known and still there.
  ///
  /// - Parameter start: where the first of the rows came from.
  /// - Returns: the note of the piece; nil when the rows have to be computed.
  package mutating func copy(
    _ content: Digest, startingAt start: Origin
  ) throws(Diagnostic) -> TablePieceNote? {
    guard let piece = pieces?[content], let note = TablePieceNote(text: piece.note),
      let bytes = pieces?.bytes(of: piece),
      let lines = TableText.moved(bytes, from: note.start, to: start, cores: cores)
    else { return nil }
    let isMoved = note.start != start
    try add(
      lines, digest: isMoved ? nil : piece.digest, of: content,
      isMoved ? note.moved(to: start) : note)
    return note
  }

  /// Writes what was made of a chunk of rows.
  ///
  /// - Parameters:
  ///   - lines: pieces of whole lines, in order.
  ///   - content: the digest of the rows; nil for rows that are not remembered.
  package mutating func write(
    _ lines: [[UInt8]], of content: Digest?, _ note: TablePieceNote
  ) throws(Diagnostic) {
    computedCount += note.readCount
    // Not `joined()`, which copies byte by byte.
    var whole: [UInt8] = []
    whole.reserveCapacity(lines.reduce(0) { $0 + $1.count })
    for piece in lines { whole += piece }
    try add(whole, digest: nil, of: content, note)
  }

  /// Writes rows that are not remembered.
  package mutating func append(_ batch: RowBatch) throws(Diagnostic) {
    precondition(
      batch.columnCount == columnCount, "\(batch.columnCount) columns, not \(columnCount)")
    guard let start = batch.origins.first else { return }
    var lines: [UInt8] = []
    TableText.append(batch, to: &lines)
    let note = TablePieceNote(start: start, readCount: batch.count, writtenCount: batch.count)
    try write([lines], of: nil, note)
  }

  private mutating func add(
    _ lines: [UInt8], digest: Digest?, of content: Digest?, _ note: TablePieceNote
  ) throws(Diagnostic) {
    if let content, pieces != nil {
      written.append(
        Written(
          content: content, offset: draft.byteCount, byteCount: lines.count,
          digest: digest ?? BLAKE3.digest(of: lines.span, cores: cores), note: note))
    }
    try draft.write(lines)
    rowCount += note.writtenCount
    readCount += note.readCount
    dropped.add(note.dropped)
  }

  /// Stores the table as the output of a port.
  ///
  /// - Parameter countsRows: false where the same rows were counted for another port.
  package consuming func commit(
    to port: Port, countsRows: Bool = true, in work: StageWork
  ) throws(Diagnostic) {
    if countsRows { work.count(rows: readCount, computed: computedCount) }
    let (written, pieces) = (written, pieces)
    try work.commit(draft, to: port)
    guard var pieces, let object = work.committed.last?.digest else { return }
    for piece in written {
      pieces.add(
        Piece(
          content: piece.content, object: object, offset: piece.offset,
          byteCount: piece.byteCount, digest: piece.digest, note: piece.note.text))
    }
    work.keep(pieces)
  }
}
