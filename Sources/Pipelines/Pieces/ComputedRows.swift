import Artifacts
import Formats

/// How many of the rows that a stage read it computed: what it made of the others was known.
package struct ComputedRows: Hashable, Sendable {
  package let computed: Int
  package let read: Int
}

extension Record {
  private static let computedRows = "rows-computed"
  private static let readRows = "rows-read"

  /// Nil where all rows were computed.
  package var computedRows: ComputedRows? {
    let facts = facts
    func number(_ name: String) -> Int? { facts.first { $0.name == name }?.value.intValue }
    guard let computed = number(Self.computedRows), let read = number(Self.readRows) else {
      return nil
    }
    return ComputedRows(computed: computed, read: read)
  }

  static func facts(of rows: (read: Int, computed: Int)) -> [JSONValue.Member] {
    guard rows.computed < rows.read else { return [] }
    return [
      .init(computedRows, .integer(rows.computed)), .init(readRows, .integer(rows.read)),
    ]
  }
}
