/// How large the chunks are that rows are cut into by their content, in bytes.
package struct ChunkSizes: Hashable, Sendable {
  /// No chunk that others follow is smaller.
  package let least: Int
  /// What a chunk has on average.
  package let usual: Int
  /// No chunk of several rows is larger.
  package let most: Int

  package init(least: Int, usual: Int, most: Int) {
    precondition(0 < least && least < usual && usual < most, "\(least) < \(usual) < \(most)")
    self.least = least
    self.usual = usual
    self.most = most
  }

  package static let standard = ChunkSizes(least: 4 << 20, usual: 8 << 20, most: 16 << 20)
}
