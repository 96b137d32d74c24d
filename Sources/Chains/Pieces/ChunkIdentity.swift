import Digests
import Text

/// By what the rows of a chunk are known, and where they stand.
package struct ChunkIdentity: Hashable, Sendable {
  /// The digest of the rows, wherever in their file they stand.
  package let digest: Digest
  /// Where the first row came from.
  package let start: Origin

  package init(_ digest: Digest, startingAt start: Origin) {
    self.digest = digest
    self.start = start
  }
}

extension TableChunk {
  /// By what the chunk is known; nil when a line of it is damaged, and where that is not asked for.
  package var identity: ChunkIdentity? {
    guard let start, let digest else { return nil }
    return ChunkIdentity(digest, startingAt: start)
  }
}
