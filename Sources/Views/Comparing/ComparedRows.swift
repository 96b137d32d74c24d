import Artifacts
import Diagnostics
import Metrics
import Stages
import Text

/// The rows of an evaluation, to be paired with another's and scored again.
struct ComparedRows: Sendable {
  private let rows: EvaluatedRows
  let origins: [Origin]
  /// The true class, the references, or the given translation.
  let truths: [[String]]
  /// The options that translations were measured with.
  let measures: MeasureOptions

  var count: Int { origins.count }

  /// Nil when the table is not in the store, or none that evaluate leaves.
  init?(_ record: Record, in store: ArtifactStore) throws(Diagnostic) {
    guard let rows = try EvaluatedRows(of: record, in: store) else { return nil }
    self.init(rows, MeasureOptions(of: record))
  }

  private init(_ rows: EvaluatedRows, _ measures: MeasureOptions) {
    self.rows = rows
    origins = rows.origins
    truths = rows.truths
    self.measures = measures
  }

  /// The rows of several evaluations by one measure, one after the other; nil for none, and where
  /// they are not of one kind.
  init?(joining evaluations: [ComparedRows]) {
    guard let first = evaluations.first,
      let rows = first.rows.followed(by: evaluations.dropFirst().map(\.rows))
    else { return nil }
    self.init(rows, first.measures)
  }

  /// Some of the rows, in the order given.
  func rows(at places: [Int]) -> ComparedRows { ComparedRows(rows.rows(at: places), measures) }

  /// Whether the rows are those of another evaluation, in the same order.
  func areThose(of other: ComparedRows) -> Bool {
    origins == other.origins && truths == other.truths
  }

  /// What its rows are called.
  var noun: String {
    switch rows {
    case .predictions: "rows"
    case .sentences: "sentences"
    case .pairs: "pairs"
    }
  }

  /// What a classifier said; nil of another evaluation.
  var classes: [String]? {
    if case .predictions(let table) = rows { table.rows.map(\.predicted) } else { nil }
  }

  /// What was translated; nil of another evaluation.
  var translations: [String]? {
    if case .sentences(let table) = rows { table.rows.map(\.hypothesis) } else { nil }
  }

  /// `references[r][i]` is the r-th reference of sentence i.
  var references: [[String]] {
    (truths.first ?? []).indices.map { place in truths.map { $0[place] } }
  }

  /// The losses of pairs; nil of another evaluation.
  func statistics(of loss: TokenLoss) -> SegmentStatistics? {
    guard case .pairs(let table) = rows else { return nil }
    return loss.statistics(
      ofMeans: table.rows.map { loss.isSmoothed ? $0.loss : $0.negativeLogLikelihood },
      tokenCounts: table.rows.map(\.tokenCount))
  }
}
