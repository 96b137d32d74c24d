import Digests
import Synchronization

/// Where a table was cut into chunks when it was read, so that who reads it again need not look.
package final class ChunkCuts: Sendable {
  /// What is known of a chunk besides its lines.
  struct Cut {
    let byteCount: Int
    let rowCount: Int
    let start: Origin?
    let digest: Digest?

    init(of chunk: TableChunk) {
      byteCount = chunk.lines.count
      (rowCount, start, digest) = (chunk.rowCount, chunk.start, chunk.digest)
    }
  }

  private let state = Mutex<(cuts: [Cut], areWhole: Bool)>(([], false))

  package init() {}

  /// All chunks of the table; nil before it was read to its end.
  var whole: [Cut]? { state.withLock { $0.areWhole ? $0.cuts : nil } }

  /// Notes all chunks of the table.
  func note(_ cuts: [Cut]) { state.withLock { $0 = (cuts, true) } }
}
