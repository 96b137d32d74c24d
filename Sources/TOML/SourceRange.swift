/// Where a key or value was written: a stretch of one line.
package struct SourceRange: Hashable, Sendable {
  /// Counted from 1.
  package let line: Int
  /// Counted from 1 in Unicode scalars.
  package let column: Int
  /// In Unicode scalars; what goes on over several lines is counted to the end of its first.
  package let length: Int

  package init(line: Int, column: Int, length: Int) {
    self.line = line
    self.column = column
    self.length = length
  }
}
