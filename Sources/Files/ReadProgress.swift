/// How much of a file was read.
package struct ReadProgress: Hashable, Sendable {
  private let done: Int
  private let all: Int

  /// - Parameters:
  ///   - done: how many bytes, or files of a folder, were read.
  ///   - all: how many there are; 0 where that is not known.
  package init(_ done: Int, of all: Int) {
    self.done = done
    self.all = all
  }

  /// 0 … 1; nil where it is not known how much there is.
  package var share: Double? { all > 0 ? min(1, Double(done) / Double(all)) : nil }
}
