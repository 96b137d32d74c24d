/// How the files that a person names hold rows.
package enum DataLayout: Hashable, Sendable {
  /// A file with its name, for one that stands for something.
  package struct NamedFile: Hashable, Sendable {
    /// The part, column or class.
    package let name: String
    package let path: String

    package init(_ name: String, _ path: String) {
      self.name = name
      self.path = path
    }
  }

  /// Files that belong to one part.
  package struct Part: Hashable, Sendable {
    /// `train`, `valid` or `test`; nil where there are no parts.
    package let name: String?
    package let files: [NamedFile]
  }

  /// Files of rows that are read in turn; mostly one.
  case table([String])
  /// A file of rows for each part; the training part first.
  case tables([NamedFile])
  /// Line-aligned files, one for each column.
  case parallel([Part])
  /// A file of lines, or a folder of files, for each class.
  case classes([Part])
}
