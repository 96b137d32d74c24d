import Diagnostics

/// A column of a source file that a person asked for, and its name in the table.
package struct ColumnChoice: Hashable, Sendable {
  /// Which column of the source file it is.
  package enum Source: Hashable, Sendable {
    /// The one that the header gives this name.
    case header(String)
    /// Counted from 1.
    case number(Int)
  }

  package let name: String
  package let source: Source
  /// Whether a list of words in JSON is a text, its words joined by blanks.
  package let joinsLists: Bool

  package init(_ name: String, _ source: Source, joinsLists: Bool = false) {
    self.name = name
    self.source = source
    self.joinsLists = joinsLists
  }
}

/// The columns of a source file that are read, and their names in the table.
struct ColumnLayout {
  /// How many fields a record must have.
  let width: Int
  /// Counted from 0.
  let columns: [Int]
  let names: [String]

  /// The chosen columns of a file with this header, or with records of `width` fields and no header.
  ///
  /// - Parameter takesAnyNames: whether, of all columns, names may be empty and equal.
  init(
    header: [String]?, width: Int, choices: [ColumnChoice]?, takesAnyNames: Bool, at place: Place
  ) throws(Diagnostic) {
    self.width = width
    guard let choices else {
      names = header ?? (1...max(1, width)).map(String.init)
      columns = Array(0..<width)
      if let header, !takesAnyNames { try Self.checkAll(header, at: place) }
      return
    }
    names = choices.map(\.name)
    columns = try choices.map { (choice) throws(Diagnostic) in
      switch choice.source {
      case .header(let name): try Self.column(name, in: header, at: place)
      case .number(let number):
        try Self.column(number, width: width, at: place)
      }
    }
  }

  private static func checkAll(_ header: [String], at place: Place) throws(Diagnostic) {
    var seen: Set<String> = []
    for (index, name) in header.enumerated() {
      if name.allSatisfy(\.isWhitespace) { throw Diagnostic(.unnamedColumn(index + 1), at: place) }
      if name.contains(where: \.isNewline) {
        throw Diagnostic(.brokenName(index + 1), at: place)
      }
      if !seen.insert(name).inserted { throw Diagnostic(.duplicateColumn(name), at: place) }
    }
  }

  private static func column(
    _ name: String, in header: [String]?, at place: Place
  ) throws(Diagnostic) -> Int {
    guard let header else {
      throw Diagnostic(.noHeader(name), at: Place(file: place.file))
    }
    let found = header.indices.filter { header[$0] == name }
    guard let first = found.first else { throw Diagnostic(.noColumn(name, header), at: place) }
    guard found.count == 1 else { throw Diagnostic(.duplicateColumn(name), at: place) }
    return first
  }

  private static func column(
    _ number: Int, width: Int, at place: Place
  ) throws(Diagnostic) -> Int {
    guard (1...max(1, width)).contains(number) else {
      throw Diagnostic(.noColumnNumber(number, of: width), at: place)
    }
    return number - 1
  }
}

extension Diagnostic.Message {
  fileprivate static func noColumn(_ name: String, _ header: [String]) -> Self {
    Self(
      "no column '\(name)' in the header\(Suggestion.ending(for: name, among: header))",
      remedy: "the columns are: \(header.prefix(30).joined(separator: ", "))")
  }

  fileprivate static func noHeader(_ name: String) -> Self {
    Self(
      "column '\(name)' is asked for by name, but the file is read without a header",
      remedy: "give the column's number, counted from 1, or set header = true")
  }

  fileprivate static func noColumnNumber(_ number: Int, of width: Int) -> Self {
    Self(
      "no column \(number): records have \(width) field\(width == 1 ? "" : "s")",
      remedy: "columns are counted from 1; check the delimiter too")
  }

  fileprivate static func duplicateColumn(_ name: String) -> Self {
    Self(
      "the header names two columns '\(name)'",
      remedy: "choose columns by number, counted from 1")
  }

  fileprivate static func unnamedColumn(_ number: Int) -> Self {
    Self(
      "the header gives column \(number) no name",
      remedy: "name the columns to read, or choose them by number, counted from 1")
  }

  fileprivate static func brokenName(_ number: Int) -> Self {
    Self(
      "the header's name of column \(number) holds a line break",
      remedy: "name the columns to read, or choose them by number, counted from 1")
  }
}
