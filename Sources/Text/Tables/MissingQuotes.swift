/// Quoted fields that hold many lines which look like rows of their own: a quote may be missing.
package struct MissingQuotes: Sendable {
  /// Fields of fewer lines are not examined.
  private static let fewestLines = 20

  /// How many such fields there are.
  package private(set) var count = 0
  /// The line the first of their records starts on, and how many lines that field holds.
  package private(set) var first: (line: Int, lineCount: Int)?

  /// Examines a record that spans several lines, in a file whose records have so many fields.
  mutating func look(
    at record: Int, of records: Records, width: Int, delimiter: UInt8
  ) {
    guard width > 1 else { return }
    for field in records.fields(of: record) {
      let lines = records.bytes[records.range(field)].split(
        separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      guard lines.count >= Self.fewestLines else { continue }
      let rows = lines.count { line in line.count { $0 == delimiter } == width - 1 }
      guard rows * 10 >= lines.count * 8 else { continue }
      count += 1
      if first == nil { first = (records.lines[record], lines.count) }
    }
  }

  /// Whether a record from one line up to the next record's has enough lines to be examined.
  static func mayHold(from line: Int, to next: Int) -> Bool { next - line >= fewestLines }
}
