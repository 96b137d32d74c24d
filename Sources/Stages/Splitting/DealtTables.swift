import Chains
import Diagnostics
import Pipelines
import Text

/// The tables of parts that rows are dealt out to in one pass, chunk by chunk.
///
/// What an earlier run made of a chunk is copied, each part's by itself.
struct DealtTables {
  /// A part's table under way.
  private final class Part {
    private let port: Port
    private var writer: TablePieceWriter?

    init(_ port: Port, _ columns: [String], in work: StageWork) throws(Diagnostic) {
      self.port = port
      writer = try TablePieceWriter(
        columns: columns, work.pieces([port.name] + columns), in: work)
    }

    /// Whether what was made of a chunk is known, and copied.
    func copy(_ identity: ChunkIdentity) throws(Diagnostic) -> Bool {
      try writer?.copy(identity) != nil
    }

    func write(_ batches: [RowBatch]) throws(Diagnostic) { try writer?.write(batches) }

    func end(_ identity: ChunkIdentity?, readCount: Int) {
      writer?.end(identity, readCount: readCount)
    }

    /// Stores the table; it says how many rows it has.
    func commit(countsRows: Bool, in work: StageWork) throws(Diagnostic) -> Int {
      guard let writer = writer.take() else { return 0 }
      let count = writer.rowCount
      try writer.commit(to: port, countsRows: countsRows, in: work)
      return count
    }
  }

  private let parts: [Part]

  init(_ ports: [Port], columns: [String], in work: StageWork) throws(Diagnostic) {
    var parts: [Part] = []
    for port in ports { parts.append(try Part(port, columns, in: work)) }
    self.parts = parts
  }

  /// Deals out the rows of a chunk.
  ///
  /// - Parameter part: the place of the port that a row of a batch goes to; nil for none.
  /// - Returns: false when the stage was asked to stop.
  func deal(
    _ chunk: TableChunk, _ lines: TableLines, in work: StageWork,
    _ part: @Sendable (Int, RowBatch) -> Int?
  ) throws(Diagnostic) -> Bool {
    let identity = chunk.identity(cores: work.cores)
    var missing: [Int] = []
    for (index, part) in parts.enumerated() {
      guard let identity, try part.copy(identity) else {
        missing.append(index)
        continue
      }
    }
    let wanted = missing
    guard !wanted.isEmpty else { return true }
    let isWhole = try work.forEachPiece(of: chunk, lines) { batch in
      let places = (0..<batch.count).map { part($0, batch) }
      return wanted.map { index in batch.filtered { places[$0] == index } }
    } take: { (dealt: [[RowBatch]]) throws(Diagnostic) in
      for (place, index) in wanted.enumerated() {
        try parts[index].write(dealt.map { $0[place] })
      }
    }
    guard isWhole else { return false }
    for index in wanted { parts[index].end(identity, readCount: chunk.rowCount) }
    return true
  }

  /// Stores the tables.
  ///
  /// - Returns: how many rows each has.
  func commit(in work: StageWork) throws(Diagnostic) -> [Int] {
    var counts: [Int] = []
    for (index, part) in parts.enumerated() {
      counts.append(try part.commit(countsRows: index == 0, in: work))
    }
    return counts
  }
}
