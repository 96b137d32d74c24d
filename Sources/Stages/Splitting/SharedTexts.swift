import Artifacts
import Chains
import Diagnostics
import Formats
import Pipelines
import Text

/// The numbers of rows of one part whose text another part has too (leakage between parts).
package struct SharedTexts: Sendable {
  /// The share of a part's rows with texts of another part from which on there is a warning.
  static let notableShare = 0.01

  /// The most different texts for which parts are compared, to bound memory.
  private static let limit = 4_000_000

  /// The most pairs that a warning names.
  private static let mostDescribed = 20

  /// One pair of parts that share texts.
  private struct Pair {
    let part: String
    let other: String
    /// Rows of `part` whose text is among those of `other`.
    let rows: Int
    let rowCount: Int

    var description: String {
      "\(part): \(Spelling.count(rows, "row")) of \(Spelling.count(rowCount))"
        + " (\(Spelling.percent(rows, of: rowCount))) with a text that \(other) has too"
    }
  }

  private var pairs: [Pair] = []
  private let isComplete: Bool

  /// Compares the tables of a stage, each with those before it.
  ///
  /// - Returns: nil when there are not several tables with a text.
  package init?(among outputs: [RecordedOutput], in store: ArtifactStore) throws(Diagnostic) {
    let tables = outputs.filter { $0.content == .table }
    guard tables.count > 1 else { return nil }
    var known: [(part: String, texts: Set<Fingerprint>)] = []
    var isComplete = true
    for table in tables {
      let room = Self.limit - known.reduce(0) { $0 + $1.texts.count }
      var texts: Set<Fingerprint>? = []
      var shared = known.map { _ in 0 }
      var rowCount = 0
      try Self.forEachText(of: table, in: store) { text in
        for (place, earlier) in known.enumerated() where earlier.texts.contains(text) {
          shared[place] += 1
        }
        rowCount += 1
        if rowCount > room { texts = nil } else { texts?.insert(text) }
        return texts != nil || !known.isEmpty
      }
      if rowCount == 0 { continue }
      for (earlier, rows) in zip(known, shared) {
        pairs.append(Pair(part: table.port, other: earlier.part, rows: rows, rowCount: rowCount))
      }
      guard let texts else {
        isComplete = false
        break
      }
      known.append((table.port, texts))
    }
    guard !pairs.isEmpty else { return nil }
    self.isComplete = isComplete
  }

  /// Gives the fingerprint of each row's text to `body`, none of a table without one, until it says no.
  private static func forEachText(
    of table: RecordedOutput, in store: ArtifactStore, _ body: (Fingerprint) -> Bool
  ) throws(Diagnostic) {
    var reader = try TableReader(try store.openInput(table.digest), file: table.port)
    let columns = reader.columns.indices.filter {
      TextColumns.standard.contains(reader.columns[$0])
    }
    guard !columns.isEmpty else { return }
    while let batch = try reader.next() {
      for row in 0..<batch.count {
        var text = Fingerprint()
        for column in columns { text.add(batch.bytes.span.extracting(batch.range(row, column))) }
        guard body(text) else { return }
      }
    }
  }

  /// The pairs of parts in which at least that share of the rows have such a text, in words; of many
  /// pairs the first, and how many more there are.
  package func descriptions(from share: Double) -> [String] {
    let found = pairs.filter { $0.rows > 0 && Double($0.rows) >= share * Double($0.rowCount) }
    let more = found.count - Self.mostDescribed
    return found.prefix(Self.mostDescribed).map(\.description)
      + (more > 0 ? ["\(Spelling.count(more)) more pairs of parts"] : [])
  }

  package func text(width: Int) -> [String] {
    let found = pairs.filter { $0.rows > 0 }.map(\.description)
    let missing = isComplete ? [] : ["(too many rows to compare the last parts)"]
    return (found.isEmpty ? ["no text of one part is in another"] : found) + missing
  }

  /// `{"test":{"train":3,"valid":0}}`.
  package var json: JSONValue {
    var parts: [String] = []
    for pair in pairs where !parts.contains(pair.part) { parts.append(pair.part) }
    return .object(
      parts.map { part in
        let others = pairs.filter { $0.part == part }
        return .init(part, .object(others.map { .init($0.other, .integer($0.rows)) }))
      })
  }
}
