import Diagnostics

/// A place between two rows of JSON Lines.
package struct JSONLinesPlace: Hashable, Sendable {
  /// The line that begins there.
  var line: Int
  /// Whether no row comes before.
  var isFirst: Bool
}

/// Rows of a JSON file: the objects of a list, or objects one after the other, as JSON Lines has them.
///
/// A row may also be a list, whose elements are columns by number. Rows are read as they come, so
/// that memory is bounded by one row. Numbers and `true` are texts as they are spelled, and `null`
/// is an empty one. The source must yield UTF-8 (`Decoder`).
package struct JSONReader<Source: ByteSource & ~Copyable>: ~Copyable {
  /// Objects and lists within each other, at most.
  static var maximumDepth: Int { 128 }

  /// The rows left out so far under `MalformedRows.skip`.
  package private(set) var skipped = SkippedRows()

  private let file: String
  private let fileNumber: Int
  /// The members on the way to the list that holds the rows; none when that is the whole file.
  private let steps: [String]
  private let malformedRows: MalformedRows
  private let keepsMalformed: Bool
  private let requiresAll: Bool
  /// Whether the row at hand stands for a malformed one.
  private var isMalformed = false
  /// The rows of the last batch that stand for malformed ones: they are empty.
  package private(set) var malformed: [Int] = []
  var text: JSONText<Source>
  private var place = RowPlace.start
  var row: JSONRow
  private var failure: Diagnostic?

  /// Where the next row is to be found.
  private enum RowPlace {
    case start, inSequence, inList, behindRowOfList, end
    /// In a row that is a list, whose bracket was read already.
    case inFirstRow
  }

  /// - Parameters:
  ///   - columns: the members wanted; nil for all that rows turn out to have.
  ///   - rows: the list that holds the rows, such as `data.train`, where that is not the whole file.
  ///   - keepsMalformed: whether an empty row stands for each that is skipped.
  ///   - requiresAll: whether a row without one of the columns is malformed; else the field is empty.
  ///   - behind: the place in a file of rows one after the other where the source begins, between two
  ///     rows; nil at the beginning of any file.
  package init(
    _ source: consuming Source, file: String, number: Int = 1, columns: [ColumnChoice]?,
    rows: String? = nil, invalid: InvalidBytes = .refuse, malformedRows: MalformedRows = .refuse,
    keepsMalformed: Bool = false, requiresAll: Bool = true,
    maximumBytes: Int = RowLimit.bytes, chunkBytes: Int = 256 << 10,
    behind: JSONLinesPlace? = nil
  ) {
    self.file = file
    fileNumber = number
    steps = rows.map { $0.split(separator: ".").map(String.init) } ?? []
    self.malformedRows = malformedRows
    self.keepsMalformed = keepsMalformed
    self.requiresAll = requiresAll
    text = JSONText(
      source, file: file, invalid: invalid, maximumBytes: maximumBytes, chunkBytes: chunkBytes,
      firstLine: behind?.line ?? 1)
    row = JSONRow(
      columns.map { JSONColumns($0) } ?? JSONColumns(), isFirst: behind?.isFirst ?? true)
    if behind != nil { place = .inSequence }
  }

  /// The columns of every batch; of all members, those met so far.
  package var columns: [String] { row.columns.names }

  /// The lists that were met in rows and that seem to hold rows themselves, where all is read.
  package var rowLists: [String] { row.columns.rowLists }

  /// Characters that were replaced by U+FFFD.
  package var replacements: Int { text.replacements }

  /// Looks at the source, to see how far it was read.
  package func source<Value>(_ look: (borrowing Source) -> Value) -> Value { look(text.source) }

  /// The next rows, at least one; nil at the end of the file.
  package mutating func next() throws(Diagnostic) -> RowBatch? {
    if let failure { throw failure }
    malformed = []
    var batch = RowBatch(columnCount: row.columns.names.count)
    while batch.bytes.count < 256 << 10, batch.count < 16_384 {
      do throws(Diagnostic) {
        guard let line = try readRow() else { break }
        if isMalformed { malformed.append(batch.count) }
        for column in 0..<batch.columnCount { batch.append(row.fields[column]) }
        batch.endRow(Origin(file: fileNumber, line: line))
      } catch {
        guard !batch.isEmpty else { throw error }
        failure = error
        break
      }
    }
    return batch.isEmpty ? nil : batch
  }

  /// The members of the next row by their columns; nil at the end of the file.
  package mutating func nextRow() throws(Diagnostic) -> [String]? {
    guard try readRow() != nil else { return nil }
    return row.fields.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Reads up to the end of the next row that is kept, and gives the line it starts on.
  private mutating func readRow() throws(Diagnostic) -> Int? {
    isMalformed = false
    while try findRow() {
      let line = text.line
      row.begin()
      do throws(Diagnostic) {
        if place == .inFirstRow {
          try readElements(of: JSONColumns.root, depth: 1)
        } else {
          try readRowValue()
        }
      } catch {
        guard malformedRows == .skip, place != .inList else { throw error }
        skipped.add(error)
        // What stands first on a later line is the next row: the one before it was cut short.
        if !(text.isAtLineContent && text.line > line) { try text.skipLine() }
        place = .inSequence
        guard keepsMalformed else { continue }
        standInForRow()
        return line
      }
      place = place == .inList ? .behindRowOfList : .inSequence
      let absence =
        requiresAll
        ? row.absence(at: Place(file: file, line: line), isLeftOut: malformedRows == .skip) : nil
      guard let problem = row.problem ?? absence else { return line }
      guard malformedRows == .skip else { throw problem }
      skipped.add(problem)
      guard keepsMalformed else { continue }
      standInForRow()
      return line
    }
    return nil
  }

  private mutating func standInForRow() {
    row.clear()
    isMalformed = true
  }

  private mutating func readRowValue() throws(Diagnostic) {
    text.mark()
    switch try text.peek() {
    case UInt8(ascii: "{"), UInt8(ascii: "["): try readValue(at: JSONColumns.root, depth: 0)
    default: throw text.problem(.noRow)
    }
  }

  /// Moves to the next row; false when there is none.
  private mutating func findRow() throws(Diagnostic) -> Bool {
    try text.skipSpace()
    switch place {
    case .start: return try findFirstRow()
    case .end: return false
    case .inSequence: return try text.peek() != nil
    case .inList, .inFirstRow: return true
    case .behindRowOfList:
      if try text.take("]") {
        try endList()
        return false
      }
      guard try text.take(",") else { throw text.problemHere(.noComma("]")) }
      try text.skipSpace()
      place = .inList
      return true
    }
  }

  private mutating func findFirstRow() throws(Diagnostic) -> Bool {
    for step in steps { try descend(to: step) }
    text.mark()
    guard try text.take("[") else {
      guard steps.isEmpty else { throw text.problem(.noList(steps.joined(separator: "."))) }
      place = .inSequence
      return try text.peek() != nil
    }
    try text.skipSpace()
    if try text.peek() == UInt8(ascii: "]"), try text.take("]") {
      try endList()
      return false
    }
    switch try text.peek() {
    case UInt8(ascii: "{"), UInt8(ascii: "["): place = .inList
    default: place = steps.isEmpty ? .inFirstRow : .inList
    }
    return true
  }

  /// Moves to the value of a member of the object at hand.
  private mutating func descend(to name: String) throws(Diagnostic) {
    text.mark()
    guard try text.take("{") else { throw text.problem(.noMember(name, among: [])) }
    var names: [String] = []
    try text.skipSpace()
    while try text.peek() == UInt8(ascii: "\"") {
      let found = String(decoding: try readName(), as: UTF8.self)
      if found == name { return }
      if names.count < 100 { names.append(found) }
      try passValue(depth: 1)
      try text.skipSpace()
      guard try text.take(",") else { break }
      try text.skipSpace()
    }
    throw text.problemHere(.noMember(name, among: names))
  }

  /// What follows the list that holds the rows: nothing, unless it is a member of something.
  private mutating func endList() throws(Diagnostic) {
    place = .end
    guard steps.isEmpty else { return }
    try text.skipSpace()
    if try text.peek() != nil { throw text.problemHere(.textAfterList) }
  }
}

extension Diagnostic.Message {
  fileprivate static let noRow = Self(
    "expected an object: a row of a JSON file is { \"name\": value, … }",
    remedy: "check the format; a file with the rows in a member of it wants rows = \"NAME\"")

  fileprivate static func noList(_ path: String) -> Self {
    Self("'\(path)' is no list of rows", remedy: "name the list that holds the rows in rows")
  }

  fileprivate static func noMember(_ name: String, among names: [String]) -> Self {
    Self(
      "there is no member '\(name)' to look for rows in\(Suggestion.ending(for: name, among: names))",
      remedy: names.isEmpty
        ? "leave rows out, if the file itself is the list of rows"
        : "the members are \(names.prefix(20).joined(separator: ", "))")
  }

  fileprivate static let textAfterList = Self("text after the end of the list of rows")

  static func noComma(_ closing: String) -> Self {
    Self(
      "expected ',' or '\(closing)'",
      remedy: "see whether a comma or a bracket is missing before, or the file was cut short")
  }
}
