/// What splitting needs to know of each row: its class, and with which rows it must stay together.
///
/// Memory is 4 bytes a row with stratification, and with groups 4 a row and, until `close`, up to 19 a
/// distinct grouped text.
package struct RowKeys: Sendable {
  private let stratify: Int?
  private let groupBy: [Int]

  /// How many rows were added.
  package private(set) var count = 0
  /// The texts of the classes, in the order of their first rows; one nameless class by default.
  package private(set) var classes: [String] = []
  /// The class of each row; empty without stratification.
  private(set) var classOf: [Int32] = []
  private(set) var groups: RowGroups?

  private var classIndex: [String: Int32] = [:]

  /// - Parameters:
  ///   - stratify: the column of the classes; blanks at the ends of a class are ignored.
  ///   - groupBy: rows that share the text of any of these columns stay together.
  package init(stratify: Int? = nil, groupBy: [Int] = []) {
    self.stratify = stratify
    self.groupBy = groupBy
    groups = groupBy.isEmpty ? nil : RowGroups()
  }

  package mutating func append(_ batch: RowBatch) {
    for row in 0..<batch.count {
      if let stratify { append(class: batch.text(row, stratify).withoutEdgeBlanks) }
      for (position, column) in groupBy.enumerated() {
        let text = batch.bytes.span.extracting(batch.range(row, column))
        groups?.add(row: count, Fingerprint(text, seed: UInt64(position)))
      }
      count += 1
    }
  }

  /// Gives back what was needed only for adding rows; no more can be added.
  package mutating func close() { groups?.close() }

  /// The keys of some of the rows, in the order given; no group may have rows on both sides.
  func rows(at places: [Int32]) -> RowKeys {
    var keys = self
    keys.count = places.count
    if !classOf.isEmpty { keys.classOf = places.map { classOf[Int($0)] } }
    keys.groups = groups?.rows(at: places)
    return keys
  }

  private mutating func append(class name: String) {
    if let known = classIndex[name] {
      classOf.append(known)
    } else {
      let new = Int32(truncatingIfNeeded: classes.count)
      classIndex[name] = new
      classes.append(name)
      classOf.append(new)
    }
  }
}
