import Artifacts
import Diagnostics
import Digests
import Files
import Pipelines

/// Tallies of the chunks of a table, added up; those of known chunks are from earlier runs.
///
/// They are of tokens, of lengths or of labels. New ones lie in one object of the store, which no record
/// names but the index does.
struct ChunkTallies<Tally: ChunkTally>: ~Copyable {
  /// The tally of a chunk, in the new object.
  private struct Written {
    let content: Digest
    let range: Range<Int>
    let digest: Digest
  }

  private enum Place {
    case known(Piece)
    case new(Written)
  }

  private var pieces: PieceMemory
  private var draft: ArtifactDraft
  private var places: [Place] = []
  /// The tallies of all chunks so far as one.
  private(set) var total: Tally
  /// The rows of these chunks.
  private(set) var rowCount = 0
  /// Those of them that no earlier run had a tally of.
  private var countedRows = 0

  /// - Parameter tally: without rows.
  init(_ tally: Tally, _ pieces: PieceMemory, in store: ArtifactStore) throws(Diagnostic) {
    total = tally
    self.pieces = pieces
    draft = try store.makeDraft()
  }

  /// Adds the tally of a known chunk; false when it is not there any more, or damaged.
  mutating func add(known content: Digest, rows: Int) -> Bool {
    guard let piece = pieces[content], let lines = pieces.bytes(of: piece) else { return false }
    do throws(Diagnostic) { try total.add(chunkLines: lines) } catch { return false }
    places.append(.known(piece))
    rowCount += rows
    return true
  }

  /// Adds the tally of the next part of the chunk under way.
  mutating func add(_ part: Tally.Part) { total.add(part) }

  /// Ends the chunk whose parts were added.
  ///
  /// - Parameters:
  ///   - content: by what later runs know the chunk; nil where its tally is not kept.
  ///   - rows: how many the chunk has.
  mutating func endChunk(_ content: Digest?, rows: Int) throws(Diagnostic) {
    rowCount += rows
    countedRows += rows
    if let content {
      let lines = total.chunkLines
      places.append(
        .new(
          Written(
            content: content, range: draft.byteCount..<draft.byteCount + lines.count,
            digest: BLAKE3.digest(of: lines))))
      try draft.write(lines)
    }
    total.endChunk()
  }

  /// Keeps the tallies for later runs.
  ///
  /// - Parameter countsRows: whether the record tells how many rows were read and tallied; false where
  ///   the stage makes something of the same rows, which tells it.
  /// - Returns: the tallies of all chunks as one.
  consuming func finish(
    countsRows: Bool, in work: StageWork
  ) throws(Diagnostic) -> Tally {
    if countsRows { work.count(rows: rowCount, computed: countedRows) }
    let (places, total) = (places, total)
    var pieces = pieces
    var object: Digest?
    if draft.byteCount > 0 { object = try draft.commit().digest }
    for place in places {
      switch place {
      case .known(let piece): pieces.add(piece)
      case .new(let written):
        guard let object else { continue }
        pieces.add(
          Piece(
            content: written.content, object: object, ranges: [written.range],
            digest: written.digest, note: ""))
      }
    }
    work.keep(pieces)
    return total
  }
}
