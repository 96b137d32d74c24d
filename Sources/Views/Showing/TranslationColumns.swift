import Metrics
import Reports
import Text

/// The columns of a table of translations that are read side by side, and the score that sorts it.
struct TranslationColumns: Sendable {
  private static let hypothesis = "hypothesis"

  /// The positions of the texts: source, references, hypothesis.
  private let texts: [Int]
  /// The position of the score that rows are sorted by; nil where there is none.
  let scoreColumn: Int?
  /// Its name.
  let score: String?
  private let isHigherBetter: Bool
  /// The positions of all scores.
  private let scores: [Int]

  /// Nil for a table without translations, or with nothing to compare them with.
  init?(among columns: [String]) {
    guard let hypothesis = columns.firstIndex(of: Self.hypothesis) else { return nil }
    let metrics = Dictionary(
      Metric.ofTranslations.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    scores = columns.indices.filter { metrics[columns[$0]] != nil || columns[$0] == "score" }
    let isSentences = hypothesis == 0
    let others =
      isSentences
      ? Array(1..<(scores.first ?? columns.count))
      : ["source", "reference"].compactMap(columns.firstIndex)
    guard !others.isEmpty else { return nil }
    texts = others + [hypothesis]
    scoreColumn = scores.first
    score = scores.first.map { columns[$0] }
    isHigherBetter = scores.first.flatMap { metrics[columns[$0]] }?.direction != .lower
  }

  /// Whether people read a column: a text or a score, not tokens, pieces and where these come from.
  func areRead(_ position: Int) -> Bool { texts.contains(position) || scores.contains(position) }

  /// How bad a row is, more being worse; nil without a score.
  func badness(of row: Int, in batch: RowBatch) -> Double? {
    scoreColumn.flatMap { Double(batch.text(row, $0)) }.map { isHigherBetter ? -$0 : $0 }
  }

  /// A row with its texts one below the other.
  func lines(of row: ShownRow, columns: [String], width: Int) -> [String] {
    let nameWidth = texts.map { columns[$0].displayWidth }.max() ?? 0
    let told = scores.map { "\(columns[$0]) \(row.fields[$0])" }
    return [(["line \(row.place ?? row.line)"] + told).joined(separator: "  ").printable]
      + texts.flatMap { position in
        row.fields[position].printable.wrapped(to: max(20, width - nameWidth - 4)).enumerated()
          .map { number, line in
            "  \((number == 0 ? columns[position] : "").padded(to: nameWidth))  \(line)"
          }
      }
  }
}

/// The worst rows of a table that is read batch by batch, the worst first.
struct WorstRows {
  private let limit: Int
  /// Each as a batch of its own, with its place in the table, from 0.
  private(set) var rows: [(badness: Double, row: RowBatch, place: Int)] = []

  init(limit: Int) { self.limit = limit }

  /// - Parameter first: the number of the batch's first row.
  mutating func add(_ batch: RowBatch, first: Int, by columns: TranslationColumns?) {
    guard let columns, columns.scoreColumn != nil, limit > 0 else { return }
    for row in 0..<batch.count {
      guard let badness = columns.badness(of: row, in: batch),
        rows.count < limit || badness > rows[rows.count - 1].badness
      else { continue }
      let rank = rows.firstIndex { badness > $0.badness } ?? rows.count
      rows.insert((badness, batch.rows(row..<row + 1), first + row), at: rank)
      if rows.count > limit { rows.removeLast() }
    }
  }
}
