/// Where something is: a file, and if known its line and column, both counted from 1.
package struct Place: Hashable, Sendable, CustomStringConvertible {
  package var file: String
  package var line: Int?
  /// Counted in Unicode scalars.
  package var column: Int?

  package init(file: String, line: Int? = nil, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }

  package var description: String {
    ([file] + [line, column].prefix { $0 != nil }.compactMap { $0.map(String.init) })
      .joined(separator: ":")
  }
}
