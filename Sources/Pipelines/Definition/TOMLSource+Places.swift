import Diagnostics
import TOML

extension TOMLSource {
  package convenience init(text: String, file: String) {
    self.init(bytes: Array(text.utf8), file: file)
  }

  package func place(of range: SourceRange) -> Place {
    Place(file: file, line: range.line, column: range.column)
  }

  /// The line of a place in this text.
  package func excerpt(at place: Place) -> Excerpt? {
    guard place.file == file, let number = place.line else { return nil }
    return Excerpt(line: line(number), column: place.column ?? 1)
  }
}
