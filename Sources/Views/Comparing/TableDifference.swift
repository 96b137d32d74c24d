import Artifacts
import Diagnostics
import Formats
import Reports
import Text

/// The rows of two tables that differ, matched by where they were loaded from.
struct TableDifference: ArtifactView {
  private struct Changed {
    let identity: RowIdentity
    /// Where the row was loaded from.
    var place: String
    var a: [String] = []
    let b: [String]
  }

  private static let exampleCount = 5

  private let columnsA: [String]
  private let columnsB: [String]
  /// The columns of both, by which rows are compared.
  private let shared: [String]
  private(set) var rowCountA = 0
  private(set) var rowCountB = 0
  private(set) var onlyA = 0
  private(set) var onlyB = 0
  private(set) var changedCount = 0
  /// The first changed rows.
  private var changed: [Changed] = []

  init(_ artifacts: ComparedArtifacts) throws(Diagnostic) {
    let (a, b, store) = (artifacts.a, artifacts.b, artifacts.store)
    var prints: [RowIdentity: Fingerprint] = [:]
    var (identitiesA, identitiesB) = (RowIdentities(), RowIdentities())
    var first = try TableReader(try store.openInput(a.digest), file: a.port)
    var second = try TableReader(try store.openInput(b.digest), file: b.port)
    (columnsA, columnsB) = (first.columns, second.columns)
    let shared = first.columns.filter { second.columns.contains($0) }
    self.shared = shared
    let placesA = Self.places(of: shared, in: first.columns)
    let placesB = Self.places(of: shared, in: second.columns)
    var changedRows: [Int] = []
    while let batch = try first.next() {
      rowCountA += batch.count
      for row in 0..<batch.count {
        prints[identitiesA.next(batch.origins[row])] = Self.print(batch, row, placesA)
      }
    }
    while let batch = try second.next() {
      let firstRow = rowCountB
      rowCountB += batch.count
      for row in 0..<batch.count {
        let identity = identitiesB.next(batch.origins[row])
        guard let known = prints.removeValue(forKey: identity) else {
          onlyB += 1
          continue
        }
        guard known != Self.print(batch, row, placesB) else { continue }
        changedCount += 1
        if changed.count < Self.exampleCount {
          changed.append(
            Changed(
              identity: identity, place: "line \(identity.origin)",
              b: Self.fields(batch, row, placesB)))
          changedRows.append(firstRow + row)
        }
      }
    }
    onlyA = prints.count
    for (index, name) in (artifacts.origins?.names(ofRows: changedRows) ?? []).enumerated() {
      if let name { changed[index].place = name }
    }
    try readOldTexts(a, in: store)
  }

  /// Reads the texts that the changed rows have in the first table.
  private mutating func readOldTexts(
    _ a: RecordedOutput, in store: ArtifactStore
  ) throws(Diagnostic) {
    var wanted = Dictionary(
      changed.enumerated().map { ($1.identity, $0) }, uniquingKeysWith: { first, _ in first })
    var reader = try TableReader(try store.openInput(a.digest), file: a.port)
    let places = Self.places(of: shared, in: columnsA)
    var identities = RowIdentities()
    while !wanted.isEmpty, let batch = try reader.next() {
      for row in 0..<batch.count {
        let identity = identities.next(batch.origins[row])
        guard let place = wanted.removeValue(forKey: identity) else { continue }
        changed[place].a = Self.fields(batch, row, places)
      }
    }
  }

  private static func places(of names: [String], in columns: [String]) -> [Int] {
    names.compactMap { columns.firstIndex(of: $0) }
  }

  private static func print(_ batch: RowBatch, _ row: Int, _ columns: [Int]) -> Fingerprint {
    var print = Fingerprint()
    for column in columns {
      print.add(batch.bytes.span.extracting(batch.range(row, column)))
    }
    return print
  }

  private static func fields(_ batch: RowBatch, _ row: Int, _ columns: [Int]) -> [String] {
    columns.map { batch.text(row, $0) }
  }

  func summary(width: Int) -> [String] {
    let counts = Spelling.difference(onlyA: onlyA, onlyB: onlyB, of: (rowCountA, rowCountB))
    let within = columnsA == columnsB || shared.isEmpty ? "" : " in the columns of both"
    let changes =
      shared.isEmpty
      ? "no column in common" : "\(Spelling.count(changedCount, "row")) changed\(within)"
    return ["\(changes), \(counts)".fitted(to: width)]
  }

  func text(width: Int) -> [String] {
    var lines = summary(width: width)
    for (sign, columns) in [("−", columnsA), ("+", columnsB)] {
      let own = columns.filter { !shared.contains($0) }
      if !own.isEmpty {
        lines += "\(sign) columns \(own.joined(separator: ", "))".wrapped(to: width)
      }
    }
    for row in changed {
      lines += ["", row.place.printable]
      for (column, (old, new)) in zip(shared, zip(row.a, row.b)) where old != new {
        let changes = ["− \(column): \(old.printable)", "+ \(column): \(new.printable)"]
        lines += changes.flatMap { $0.wrapped(to: width - 2) }.map { "  \($0)" }
      }
    }
    return lines
  }

  var json: JSONValue {
    [
      "rows": [.integer(rowCountA), .integer(rowCountB)], "changed": .integer(changedCount),
      "only-a": .integer(onlyA), "only-b": .integer(onlyB),
      "columns": .array(shared.map { .string($0) }),
      "columns-only-a": .array(columnsA.filter { !shared.contains($0) }.map { .string($0) }),
      "columns-only-b": .array(columnsB.filter { !shared.contains($0) }.map { .string($0) }),
      "examples": .array(
        changed.map { row in
          [
            "line": .string("\(row.identity.origin)"), "place": .string(row.place),
            "a": .array(row.a.map { .string($0) }),
            "b": .array(row.b.map { .string($0) }),
          ]
        }),
    ]
  }
}
