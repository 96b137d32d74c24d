/// The lines of rows that stand elsewhere now, moved there block by block.
package struct MovedLines: Sendable {
  private let old: Origin
  private let new: Origin
  private let cores: Int
  /// The bytes behind the last line feed so far.
  private var rest: [UInt8] = []

  /// - Parameters:
  ///   - old: the origin that some row has.
  ///   - new: the origin that this row is to have.
  package init(from old: Origin, to new: Origin, cores: Int) {
    self.old = old
    self.new = new
    self.cores = cores
  }

  /// Whether anything about the lines changes.
  package var areOthers: Bool { old != new }

  /// Whether all bytes so far were of whole lines.
  package var isWhole: Bool { rest.isEmpty }

  /// The lines that end in the next block, as they are now; nil when one is not as a table has it.
  package mutating func next(_ block: [UInt8]) -> [UInt8]? {
    guard areOthers else { return block }
    guard let last = block.lastIndex(of: UInt8(ascii: "\n")) else {
      rest += block
      return []
    }
    let lines = rest + block[...last]
    rest = Array(block[(last + 1)...])
    return TableText.moved(lines, from: old, to: new, cores: cores)
  }
}
