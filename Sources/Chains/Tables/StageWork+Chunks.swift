import Artifacts
import Cores
import Diagnostics
import Digests
import Files
import Pipelines
import Text

extension StageWork {
  /// About how many bytes of a table one thread works on at a time.
  package static var partBytes: Int { 256 << 10 }

  /// Opens a table to be read in chunks that are cut by what the rows say.
  ///
  /// - Parameter cuts: shared by all who open the same table in a stage's work.
  package func chunks(
    of input: StageInput, cutAt cuts: ChunkCuts? = nil
  ) throws(Diagnostic) -> TableChunkReader<InputFile> {
    try TableChunkReader(
      try stream(input), file: "\(input.source)", sizes: store.chunkSizes, cuts: cuts,
      cores: cores)
  }

  /// Makes something of the parts of a table's chunks, on several cores, and uses it in their order.
  ///
  /// - Parameters:
  ///   - isKnown: whether an earlier run made something of a chunk; nil where that is not asked.
  ///   - make: called by any thread with the rows of a part.
  ///   - reuse: uses what was made of a known chunk; false when it is not there any more, so that
  ///     something has to be made of its parts.
  ///   - use: called with each part of the others, and what was made of it.
  /// - Returns: false when the stage was asked to stop.
  package func forEachPart<Made: Sendable>(
    of reader: consuming TableChunkReader<InputFile>, isKnown: ((ChunkIdentity) -> Bool)?,
    make: @escaping @Sendable (RowBatch) throws(Diagnostic) -> Made,
    reuse: (ChunkIdentity, _ chunk: TableChunk) throws(Diagnostic) -> Bool,
    use: (ChunkPart, Made) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> Bool {
    let table = reader.lines
    return try forEachPart(
      of: reader, isKnown: isKnown,
      makeOfLines: { (part) throws(Diagnostic) in try make(part.rows(by: table)) }, reuse: reuse,
      use: use)
  }

  /// Makes something of the parts of a table's chunks, as above, from their lines.
  ///
  /// - Parameters:
  ///   - byteCount: about how long a part is.
  ///   - make: called by any thread with a part.
  package func forEachPart<Made: Sendable>(
    of reader: consuming TableChunkReader<InputFile>, byteCount: Int = StageWork.partBytes,
    isKnown: ((ChunkIdentity) -> Bool)?,
    makeOfLines make: @escaping @Sendable (ChunkPart) throws(Diagnostic) -> Made,
    reuse: (ChunkIdentity, _ chunk: TableChunk) throws(Diagnostic) -> Bool,
    use: (ChunkPart, Made) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> Bool {
    var parts = ChunkParts(reader, byteCount: byteCount, isKnown: isKnown)
    // The parts of a usual chunk are under way while the next one is read; fewer where rows are longer
    // than parts should be.
    var making = OrderedMaking(
      cores: cores, ahead: store.chunkSizes.usual / byteCount, usualWeight: byteCount
    ) { (part: ChunkPart) throws(Diagnostic) -> (part: ChunkPart, made: Made?) in
      (part, part.isKnown ? nil : try make(part))
    }
    let pace = RowProgress(of: self)
    var rowCount = 0
    while true {
      while !making.isFull, !shouldStop, let part = parts.next(isFirst: making.isEmpty) {
        making.start(part, weight: part.byteCount)
      }
      guard let (part, made) = try making.takeNext() else { break }
      if let made {
        try use(part, made)
      } else if let identity = part.identity, try !reuse(identity, part.chunk) {
        for part in part.unknownParts(byteCount: byteCount) {
          try use(part, make(part))
        }
      }
      guard part.isLast else { continue }
      rowCount += part.chunk.rowCount
      pace.report(rows: rowCount, parts.reader.source.progress)
    }
    guard !shouldStop else { return false }
    try parts.finish()
    return true
  }
}
