import Diagnostics

/// A regular expression that cuts the class out of labels, such as `DESC` out of `DESC:manner`.
package struct LabelPattern: Sendable {
  private let expressions: Expressions
  private let pattern: String
  /// What labels met before stand for.
  private var known: [String: String] = [:]

  /// - Throws: when the pattern is not a regular expression.
  package init(_ pattern: String) throws(Diagnostic) {
    self.pattern = pattern
    expressions = try Expressions([pattern])
  }

  /// What the first group of the first match holds, or the match where there is no group; an empty
  /// label stays empty.
  mutating func name(of label: String, at place: Place) throws(Diagnostic) -> String {
    if let name = known[label] { return name }
    guard !label.isBlank else { return "" }
    guard let name = expressions.firstGroup(of: 0, in: label), !name.isBlank else {
      throw Diagnostic(.noMatch(label, pattern), at: place)
    }
    if known.count < 100_000 { known[label] = name }
    return name
  }
}

extension RowBatch {
  /// The batch with the labels of one column cut by a pattern.
  package func cutting(
    column: Int, by pattern: inout LabelPattern, files: [String]
  ) throws(Diagnostic) -> RowBatch {
    try rewriting(column: column, files: files) { (label, place) throws(Diagnostic) in
      try pattern.name(of: label, at: place)
    }
  }

  /// The batch with the texts of one column replaced by what they become.
  ///
  /// - Parameter change: is given the text, and the file and line it stands on.
  func rewriting(
    column: Int, files: [String], _ change: (String, Place) throws(Diagnostic) -> String
  ) throws(Diagnostic) -> RowBatch {
    var changed = RowBatch(columnCount: columnCount)
    changed.reserve(rows: count, byteCount: bytes.count)
    for row in 0..<count {
      for other in 0..<columnCount {
        guard other == column else {
          changed.append(bytes.span.extracting(range(row, other)))
          continue
        }
        let file = files.indices.contains(origins[row].file - 1) ? files[origins[row].file - 1] : ""
        let place = Place(file: file, line: origins[row].line)
        changed.append(try change(text(row, column), place).utf8)
      }
      changed.endRow(origins[row])
    }
    return changed
  }
}

extension Diagnostic.Message {
  fileprivate static func noMatch(_ label: String, _ pattern: String) -> Self {
    Self(
      "label '\(label)' has nothing that the label-pattern '\(pattern)' matches",
      remedy: "let the pattern match every label; its first group, or all of it, is the class")
  }
}
