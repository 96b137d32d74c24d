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
  /// Where the lines begin that belong to no piece yet, and their digest where pieces are remembered.
  private var openStart: Int
  private var openDigest: BLAKE3?
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
    openStart = draft.byteCount
    openDigest = pieces.map { _ in BLAKE3() }
    self.draft = draft
  }

  /// Whether anything is gained by naming the content of chunks.
  package var remembers: Bool { pieces != nil }

  /// Whether an earlier run made something of rows with this digest.
  package func knows(_ content: Digest?) -> Bool {
    if let content, let pieces { pieces[content] != nil } else { false }
  }

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
    let digest = isMoved ? BLAKE3.digest(of: lines.span, cores: cores) : piece.digest
    try draft.write(lines)
    addPiece(of: content, digest, isMoved ? note.moved(to: start) : note)
    return note
  }

  /// Writes whole lines of rows that were computed.
  package mutating func write(_ lines: [UInt8]) throws(Diagnostic) {
    openDigest?.update(lines)
    try draft.write(lines)
  }

  /// Makes a piece of the lines that were written since the last one.
  ///
  /// - Parameter content: the digest of the rows they were made of; nil for rows that are not
  ///   remembered.
  package mutating func endPiece(of content: Digest?, _ note: TablePieceNote) {
    computedCount += note.readCount
    addPiece(of: content, openDigest?.finalize(), note)
    openDigest = openDigest.map { _ in BLAKE3() }
  }

  private mutating func addPiece(of content: Digest?, _ digest: Digest?, _ note: TablePieceNote) {
    if let content, let digest {
      written.append(
        Written(
          content: content, offset: openStart, byteCount: draft.byteCount - openStart,
          digest: digest, note: note))
    }
    openStart = draft.byteCount
    rowCount += note.writtenCount
    readCount += note.readCount
    dropped.add(note.dropped)
  }

  /// Writes rows that are not remembered.
  package mutating func append(_ batch: RowBatch) throws(Diagnostic) {
    precondition(
      batch.columnCount == columnCount, "\(batch.columnCount) columns, not \(columnCount)")
    guard let start = batch.origins.first else { return }
    var lines: [UInt8] = []
    TableText.append(batch, to: &lines)
    try draft.write(lines)
    endPiece(
      of: nil, TablePieceNote(start: start, readCount: batch.count, writtenCount: batch.count))
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
