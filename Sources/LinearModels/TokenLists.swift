/// Rows of token ids, one after the other; an id below 0 stands for a token that nothing is learnt of.
///
/// No n-gram reaches over such a token, so that what was not known when a model was trained counts
/// for nothing afterwards.
package struct TokenLists: Hashable, Sendable {
  /// What stands in the place of a token that is left out.
  package static let leftOut: Int32 = -1

  package private(set) var ids: [Int32] = []
  /// Where each row begins, and at last where the last one ends.
  package private(set) var offsets = [0]

  package init() {}

  package init(_ rows: [[Int32]]) { for row in rows { append(row) } }

  package var count: Int { offsets.count - 1 }

  package mutating func append(_ row: some Sequence<Int32>) {
    ids.append(contentsOf: row)
    offsets.append(ids.count)
  }

  /// The ids of a row.
  package func row(_ row: Int) -> [Int32] { Array(ids[range(ofRow: row)]) }

  /// The places of a row's ids among all.
  func range(ofRow row: Int) -> Range<Int> { offsets[row]..<offsets[row + 1] }
}
