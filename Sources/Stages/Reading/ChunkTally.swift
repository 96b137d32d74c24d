import Diagnostics
import Text

/// What is counted of rows, chunk by chunk, and added up.
protocol ChunkTally: Sendable {
  init()

  /// Reads what `lines` gave.
  init(lines: [UInt8]) throws(Diagnostic)

  /// What was counted, as whole lines that need not be counted again.
  var lines: [UInt8] { get }

  /// Adds what was counted in the rows that follow.
  mutating func add(_ other: Self)
}

extension VocabularyCounter: ChunkTally {
  init(lines: [UInt8]) throws(Diagnostic) { try self.init(countLines: lines) }

  var lines: [UInt8] { countLines }
}
