import Diagnostics
import Text

/// What is counted of rows, part by part and chunk by chunk, and added up.
protocol ChunkTally: Sendable {
  /// What is counted in a part of a chunk.
  associatedtype Part: Sendable

  /// Adds the next part of the chunk under way.
  mutating func add(_ part: Part)

  /// What was counted in the chunk under way, as whole lines that need not be counted again.
  var chunkLines: [UInt8] { get }

  /// Ends the chunk under way.
  mutating func endChunk()

  /// Adds a chunk of which `chunkLines` were these.
  ///
  /// - Throws: when they are none; nothing was added then.
  mutating func add(chunkLines: [UInt8]) throws(Diagnostic)
}

extension ChunkedCounter: ChunkTally {}
