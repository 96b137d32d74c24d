import Artifacts
import Cores
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
    let range: Range<Int>
    let digest: PieceDigest
    let note: TablePieceNote
  }

  private enum PieceDigest {
    case known(Digest)
    /// That of a part of the draft, counted from 0.
    case ofPart(Int)
  }

  private var draft: ArtifactDraft
  private let pieces: PieceMemory?
  private let cores: Int
  private let columnCount: Int
  private var written: [Written] = []
  /// Of the piece under way: where it begins, whether it is a part of the draft, and how many rows it has.
  private var start: Int
  private var isPart = false
  private var pieceRowCount = 0
  /// How many parts of the draft were ended.
  private var partCount = 0
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
    start = draft.byteCount
    self.draft = draft
  }

  /// Whether an earlier run made something of a chunk with this digest.
  package func knows(_ content: Digest) -> Bool { pieces?[content] != nil }

  /// Copies what was made of a chunk of rows, if that is known and still there.
  ///
  /// - Returns: the note of the piece; nil when the rows have to be computed.
  package mutating func copy(_ identity: ChunkIdentity) throws(Diagnostic) -> TablePieceNote? {
    guard let pieces, let piece = pieces[identity.digest],
      let note = TablePieceNote(text: piece.note)
    else { return nil }
    var lines = MovedLines(from: note.start, to: identity.start, cores: cores)
    var hasFailed = false
    let isThere = try pieces.lend(piece) { (block) throws(Diagnostic) in
      guard !hasFailed, let moved = lines.next(block) else {
        // Of an index that somebody else wrote; what was written already cannot be taken back.
        if draft.byteCount > start { throw Diagnostic(.notLines) }
        hasFailed = true
        return
      }
      if lines.areOthers { try beginPart() }
      try draft.write(moved)
    }
    guard isThere, !hasFailed else { return nil }
    guard lines.isWhole else { throw Diagnostic(.notLines) }
    add(
      identity, lines.areOthers ? try endPart() : .known(piece.digest),
      lines.areOthers ? note.moved(to: identity.start) : note)
    return note
  }

  /// Writes rows of the piece under way, their lines made on several cores.
  package mutating func write(_ batches: [RowBatch]) throws(Diagnostic) {
    let texts = mapConcurrently(batches.count, cores: cores) { index in
      var text: [UInt8] = []
      TableText.append(batches[index], to: &text)
      return text
    }
    for (batch, text) in zip(batches, texts) {
      precondition(
        batch.columnCount == columnCount, "\(batch.columnCount) columns, not \(columnCount)")
      try write(text, rows: batch.count)
    }
  }

  /// Writes rows of the piece under way as their lines.
  package mutating func write(_ lines: [UInt8], rows count: Int) throws(Diagnostic) {
    if pieces != nil { try beginPart() }
    try draft.write(givingAway: lines)
    pieceRowCount += count
  }

  /// Ends the piece whose rows were written.
  ///
  /// - Parameters:
  ///   - identity: of the rows that were read for it; nil where the piece is not remembered.
  ///   - readCount: how many those are.
  ///   - lineCount: how many lines they take in their file, where they were read from one.
  ///   - dropped: those of them that were not written.
  package mutating func end(
    _ identity: ChunkIdentity?, readCount: Int, lineCount: Int = 0,
    dropped: DroppedRows = DroppedRows()
  ) throws(Diagnostic) {
    computedCount += readCount
    add(
      identity, try endPart(),
      TablePieceNote(
        start: identity?.start ?? Origin(line: 1), readCount: readCount, lineCount: lineCount,
        writtenCount: pieceRowCount, dropped: dropped))
  }

  /// Writes rows that are not remembered.
  package mutating func append(_ batch: RowBatch) throws(Diagnostic) {
    try write([batch])
    try end(nil, readCount: batch.count)
  }

  /// Has the digest of the piece under way computed while its lines are written.
  private mutating func beginPart() throws(Diagnostic) {
    guard !isPart else { return }
    try draft.beginPart()
    isPart = true
  }

  /// The digest of the piece under way.
  private mutating func endPart() throws(Diagnostic) -> PieceDigest {
    guard isPart else { return .known(BLAKE3().finalize()) }
    try draft.endPart()
    isPart = false
    partCount += 1
    return .ofPart(partCount - 1)
  }

  private mutating func add(
    _ identity: ChunkIdentity?, _ digest: PieceDigest, _ note: TablePieceNote
  ) {
    if let identity, pieces != nil {
      written.append(
        Written(
          content: identity.digest, range: start..<draft.byteCount, digest: digest, note: note))
    }
    start = draft.byteCount
    pieceRowCount = 0
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
    let (written, pieces, digests) = (written, pieces, draft.partDigests)
    try work.commit(draft, to: port)
    guard var pieces, let object = work.committed.last?.digest else { return }
    for piece in written {
      let digest =
        switch piece.digest {
        case .known(let digest): digest
        case .ofPart(let number): digests[number]
        }
      pieces.add(
        Piece(
          content: piece.content, object: object, ranges: [piece.range], digest: digest,
          note: piece.note.text))
    }
    work.keep(pieces)
  }
}

extension Diagnostic.Message {
  fileprivate static let notLines = Self(
    "what was remembered of rows is not lines of a table, though its digest fits",
    remedy: "remove the folder pieces of the store")
}
