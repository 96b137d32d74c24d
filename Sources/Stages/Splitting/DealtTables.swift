import Chains
import Diagnostics
import Files
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

    init(
      _ port: Port, _ columns: [String], _ pieces: PieceMemory, in work: StageWork
    ) throws(Diagnostic) {
      self.port = port
      writer = try TablePieceWriter(columns: columns, pieces, in: work)
    }

    /// Whether what was made of a chunk is known, and copied.
    func copy(_ identity: ChunkIdentity) throws(Diagnostic) -> Bool {
      try writer?.copy(identity) != nil
    }

    func write(_ rows: DealtRows) throws(Diagnostic) {
      try writer?.write(rows.lines, rows: rows.count)
    }

    func end(_ identity: ChunkIdentity?, readCount: Int) throws(Diagnostic) {
      try writer?.end(identity, readCount: readCount)
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
  private let isKnown: (ChunkIdentity) -> Bool

  init(_ ports: [Port], columns: [String], in work: StageWork) throws(Diagnostic) {
    let memories = ports.map { work.pieces([$0.name] + columns) }
    var parts: [Part] = []
    for (port, pieces) in zip(ports, memories) {
      parts.append(try Part(port, columns, pieces, in: work))
    }
    self.parts = parts
    isKnown = { identity in memories.contains { $0[identity.digest] != nil } }
  }

  /// Deals out the rows of a table.
  ///
  /// - Parameter part: the place of the port that a row of a batch goes to; nil for none.
  /// - Returns: false when the stage was asked to stop.
  func deal(
    _ reader: consuming TableChunkReader<InputFile>, in work: StageWork,
    _ part: @escaping @Sendable (Int, RowBatch) -> Int?
  ) throws(Diagnostic) -> Bool {
    let all = Array(parts.indices)
    /// The parts that have no rows of the chunk under way yet.
    var wanted = all
    return try work.forEachPart(of: reader, isKnown: isKnown) { rows in
      let places = (0..<rows.count).map { part($0, rows) }
      return all.map { index in DealtRows(rows.filtered { places[$0] == index }) }
    } reuse: { (identity, _) throws(Diagnostic) in
      for index in all where try parts[index].copy(identity) { wanted.removeAll { $0 == index } }
      defer { if wanted.isEmpty { wanted = all } }
      return wanted.isEmpty
    } use: { (chunkPart, dealt) throws(Diagnostic) in
      for index in wanted { try parts[index].write(dealt[index]) }
      guard chunkPart.isLast else { return }
      for index in wanted {
        try parts[index].end(chunkPart.identity, readCount: chunkPart.chunk.rowCount)
      }
      wanted = all
    }
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

/// The rows that go to one part, as lines of its table.
private struct DealtRows: Sendable {
  let count: Int
  private(set) var lines: [UInt8] = []

  init(_ rows: RowBatch) {
    count = rows.count
    TableText.append(rows, to: &lines)
  }
}
