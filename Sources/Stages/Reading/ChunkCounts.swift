import Artifacts
import Chains
import Diagnostics
import Digests
import Files
import Pipelines
import Text

/// Counts of tokens that are added up chunk by chunk, those of known chunks from earlier runs.
///
/// What is counted anew lies in one object of the store, which no record names but the index does.
struct ChunkCounts: ~Copyable {
  /// Counts in the new object.
  private struct Written {
    let content: Digest
    let offset: Int
    let byteCount: Int
    let digest: Digest
  }

  private enum Place {
    case known(Piece)
    case new(Written)
  }

  private var pieces: PieceMemory
  private var draft: ArtifactDraft
  private var places: [Place] = []
  private var total = VocabularyCounter()
  /// What was counted in the parts of the chunk under way.
  private var chunkCounts: VocabularyCounter?
  private(set) var rowCount = 0
  private var countedRows = 0

  init(_ pieces: PieceMemory, in store: ArtifactStore) throws(Diagnostic) {
    self.pieces = pieces
    draft = try store.makeDraft()
  }

  /// Adds what is known of a chunk; false when it must be counted.
  mutating func add(known chunk: TableChunk) -> Bool {
    guard let content = chunk.digest, let piece = pieces[content],
      let lines = pieces.bytes(of: piece),
      let counts = try? VocabularyCounter(countLines: lines)
    else { return false }
    total.add(counts)
    places.append(.known(piece))
    rowCount += chunk.rowCount
    return true
  }

  /// Adds what was counted in a part of a chunk, after the parts before it.
  mutating func add(_ counts: VocabularyCounter, of part: ChunkPart) throws(Diagnostic) {
    if chunkCounts == nil {
      chunkCounts = counts
    } else {
      chunkCounts?.add(counts)
    }
    guard part.isLast, let counts = chunkCounts.take() else { return }
    total.add(counts)
    rowCount += part.chunk.rowCount
    countedRows += part.chunk.rowCount
    guard let content = part.chunk.digest else { return }
    let lines = counts.countLines
    places.append(
      .new(
        Written(
          content: content, offset: draft.byteCount, byteCount: lines.count,
          digest: BLAKE3.digest(of: lines))))
    try draft.write(lines)
  }

  /// Keeps what was counted for later runs.
  ///
  /// - Returns: the counts of all chunks.
  consuming func finish(in work: StageWork) throws(Diagnostic) -> VocabularyCounter {
    work.count(rows: rowCount, computed: countedRows)
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
            content: written.content, object: object, offset: written.offset,
            byteCount: written.byteCount, digest: written.digest, note: ""))
      }
    }
    work.keep(pieces)
    return total
  }
}
