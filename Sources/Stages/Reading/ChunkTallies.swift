import Artifacts
import Diagnostics
import Digests
import Files
import Pipelines

/// What is counted of rows and added up chunk by chunk, that of known chunks from earlier runs.
///
/// What is counted anew lies in one object of the store, which no record names but the index does.
struct ChunkTallies<Tally: ChunkTally>: ~Copyable {
  /// What was counted of a chunk, in the new object.
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
  /// What was counted so far.
  private(set) var total = Tally()
  private(set) var rowCount = 0
  private var countedRows = 0

  init(_ pieces: PieceMemory, in store: ArtifactStore) throws(Diagnostic) {
    self.pieces = pieces
    draft = try store.makeDraft()
  }

  /// Adds what is known of a chunk; false when it must be counted.
  mutating func add(known content: Digest, rows: Int) -> Bool {
    guard let piece = pieces[content], let lines = pieces.bytes(of: piece),
      let counts = try? Tally(lines: lines)
    else { return false }
    total.add(counts)
    places.append(.known(piece))
    rowCount += rows
    return true
  }

  /// Adds what was counted in the parts of a chunk, in their order.
  mutating func add(
    _ parts: [Tally], of content: Digest?, rows: Int
  ) throws(Diagnostic) {
    rowCount += rows
    countedRows += rows
    guard let content else {
      for part in parts { total.add(part) }
      return
    }
    var counts = parts.first ?? Tally()
    for part in parts.dropFirst() { counts.add(part) }
    total.add(counts)
    let lines = counts.lines
    places.append(
      .new(
        Written(
          content: content, range: draft.byteCount..<draft.byteCount + lines.count,
          digest: BLAKE3.digest(of: lines))))
    try draft.write(lines)
  }

  /// Keeps what was counted for later runs.
  ///
  /// - Parameter countsRows: false where the same rows are counted for what is made of them.
  /// - Returns: what was counted in all chunks.
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
