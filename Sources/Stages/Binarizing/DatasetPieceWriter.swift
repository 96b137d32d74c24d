import Artifacts
import Chains
import Datasets
import Diagnostics
import Digests
import Pipelines
import Text

/// Writes a dataset chunk by chunk; what an earlier run made of a chunk is copied from there.
struct DatasetPieceWriter: ~Copyable {
  /// A piece of the dataset, whose object is not known before all is written.
  private struct Written {
    let content: Digest
    let stretch: DatasetStretch
    let digest: Digest
    let note: DatasetPieceNote
  }

  private var dataset: DatasetWriter
  private var pieces: PieceMemory
  private let cores: Int
  private var written: [Written] = []
  /// Of the piece under way: its rows, where they lie, and their tokens, column by column.
  private var parts: [DatasetRows] = []
  private var stretch: DatasetStretch?
  private var tokens: [UnknownTokens.Count]
  private var readCount = 0
  private var computedCount = 0

  /// - Parameters:
  ///   - dataset: one without rows.
  ///   - pieces: of earlier runs.
  init(_ dataset: consuming DatasetWriter, _ pieces: PieceMemory, cores: Int) {
    tokens = dataset.columns.map { _ in UnknownTokens.Count() }
    self.dataset = dataset
    self.pieces = pieces
    self.cores = cores
  }

  /// How many rows were written.
  var rowCount: Int { dataset.count }

  /// Copies what was made of a chunk of rows, if that is known and still there.
  ///
  /// - Returns: the note of the piece; nil when the rows have to be computed.
  mutating func copy(_ identity: ChunkIdentity) throws(Diagnostic) -> DatasetPieceNote? {
    guard let piece = pieces[identity.digest], let note = DatasetPieceNote(text: piece.note),
      note.tokens.count == dataset.columns.count, let bytes = pieces.bytes(of: piece),
      let rows = DatasetRows(
        bytes: bytes, count: note.writtenCount, idCounts: note.idCounts,
        shift: Int64(identity.start.line) - Int64(note.line), columns: dataset.columns,
        classCount: dataset.classNames.count)
    else { return nil }
    try write(rows, tokens: note.tokens)
    add(identity, readCount: note.readCount)
    return note
  }

  /// Writes rows of the piece under way.
  ///
  /// - Parameter tokens: of each column.
  mutating func write(
    _ rows: DatasetRows, tokens: [UnknownTokens.Count]
  ) throws(Diagnostic) {
    let added = try dataset.append(rows)
    stretch = stretch?.joined(with: added) ?? added
    parts.append(rows)
    for (column, count) in tokens.enumerated() { self.tokens[column].add(count) }
  }

  /// Ends the piece whose rows were written.
  ///
  /// - Parameters:
  ///   - identity: of the rows that were read; nil where the piece is not remembered.
  ///   - readCount: how many those are.
  mutating func end(_ identity: ChunkIdentity?, readCount: Int) {
    computedCount += readCount
    add(identity, readCount: readCount)
  }

  private mutating func add(_ identity: ChunkIdentity?, readCount: Int) {
    self.readCount += readCount
    if let identity, let stretch {
      var hash = BLAKE3()
      parts.forEachBytes(at: stretch) { hash.update($0, cores: cores) }
      written.append(
        Written(
          content: identity.digest, stretch: stretch, digest: hash.finalize(),
          note: DatasetPieceNote(
            line: identity.start.line, readCount: readCount, writtenCount: stretch.rows.count,
            idCounts: stretch.ids.map(\.count), tokens: tokens)))
    }
    parts = []
    stretch = nil
    tokens = tokens.map { _ in UnknownTokens.Count() }
  }

  /// Stores the dataset as the output of a port.
  consuming func commit(to port: Port, in work: StageWork) throws(Diagnostic) {
    work.count(rows: readCount, computed: computedCount)
    let written = written
    var pieces = pieces
    var draft = try work.store.makeDraft()
    let places = try dataset.write(into: &draft)
    try work.commit(draft, to: port)
    guard let object = work.committed.last?.digest else { return }
    for piece in written {
      pieces.add(
        Piece(
          content: piece.content, object: object, ranges: places.ranges(of: piece.stretch),
          digest: piece.digest, note: piece.note.text))
    }
    work.keep(pieces)
  }
}
