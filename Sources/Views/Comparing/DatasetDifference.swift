import Artifacts
import Datasets
import Diagnostics
import Formats
import Reports
import Text

/// The rows of two datasets whose ids or labels differ, matched by their numbers.
struct DatasetDifference: ArtifactView {
  private let rowCounts: (Int, Int)
  private let vocabularySizes: ([Int], [Int])
  private let classes: ([String], [String])
  private var onlyA = 0
  private var onlyB = 0
  private var changedCount = 0

  init(_ artifacts: ComparedArtifacts) throws(Diagnostic) {
    let (a, b, store) = (artifacts.a, artifacts.b, artifacts.store)
    let first = try Dataset(SafetensorsFile(try store.open(a.digest)))
    let second = try Dataset(SafetensorsFile(try store.open(b.digest)))
    rowCounts = (first.count, second.count)
    vocabularySizes = (
      first.columns.map(\.vocabularySize), second.columns.map(\.vocabularySize)
    )
    classes = (first.classNames, second.classNames)
    var places: [RowIdentity: Int] = [:]
    for (row, identity) in try Self.identities(of: first).enumerated() { places[identity] = row }
    for (row, identity) in try Self.identities(of: second).enumerated() {
      guard let other = places.removeValue(forKey: identity) else {
        onlyB += 1
        continue
      }
      if try !Self.isSame(first, other, second, row) { changedCount += 1 }
    }
    onlyA = places.count
  }

  private static func identities(of dataset: Dataset) throws(Diagnostic) -> [RowIdentity] {
    var identities = RowIdentities()
    return try dataset.rowNumbers().map { identities.next(Origin(line: Int(clamping: $0))) }
  }

  private static func isSame(
    _ a: Dataset, _ row: Int, _ b: Dataset, _ other: Int
  ) throws(Diagnostic) -> Bool {
    guard a.columns.count == b.columns.count, a.labels.isEmpty == b.labels.isEmpty else {
      return false
    }
    if !a.labels.isEmpty {
      let (x, y) = (a.classNames[Int(a.labels[row])], b.classNames[Int(b.labels[other])])
      guard x == y else { return false }
    }
    for column in a.columns.indices {
      let ids = try a.ids(ofRow: row, column: column)
      guard try b.ids(ofRow: other, column: column) == ids else { return false }
    }
    return true
  }

  func summary(width: Int) -> [String] {
    let counts = Spelling.difference(onlyA: onlyA, onlyB: onlyB, of: rowCounts)
    return ["ids of \(Spelling.count(changedCount, "row")) changed, \(counts)".fitted(to: width)]
  }

  func text(width: Int) -> [String] {
    var lines = summary(width: width)
    func sizes(_ sizes: [Int]) -> String {
      sizes.map { Spelling.count($0) }.joined(separator: ", ")
    }
    if vocabularySizes.0 != vocabularySizes.1 {
      lines.append("vocabulary \(sizes(vocabularySizes.0)) → \(sizes(vocabularySizes.1))")
    }
    let (gone, new) = (
      classes.0.filter { !classes.1.contains($0) }, classes.1.filter { !classes.0.contains($0) }
    )
    lines += gone.map { "− class \($0.printable)" } + new.map { "+ class \($0.printable)" }
    return lines
  }

  var json: JSONValue {
    [
      "rows": [.integer(rowCounts.0), .integer(rowCounts.1)], "changed": .integer(changedCount),
      "only-a": .integer(onlyA), "only-b": .integer(onlyB),
    ]
  }
}
