import Artifacts
import Chains
import Diagnostics
import Pipelines
import Text

/// The rows that an evaluation on record scored, whichever kind it was.
package enum EvaluatedRows: Sendable {
  case predictions(Predictions)
  case pairs(PairLosses)
  case sentences(SentenceScores)

  static let predictionsPort = Port("predictions", .table)
  static let sentencesPort = Port("sentences", .table)

  /// The table of rows that an evaluation on record left.
  package static func output(of record: Record) -> RecordedOutput? {
    [predictionsPort, sentencesPort].lazy.compactMap { record.output($0.name) }.first
  }

  /// Nil when the stage on record left no such table, or it is not in the store.
  package init?(of record: Record, in store: ArtifactStore) throws(Diagnostic) {
    guard let output = Self.output(of: record), try store.isIntact(output.digest) else {
      return nil
    }
    func read<Table: EvaluationTable>(_ table: Table.Type) throws(Diagnostic) -> Table? {
      var reader = try TableReader(try store.openInput(output.digest), file: output.port)
      return try Table(&reader)
    }
    if let predictions = try read(Predictions.self) {
      self = .predictions(predictions)
    } else if let pairs = try read(PairLosses.self) {
      self = .pairs(pairs)
    } else if let sentences = try read(SentenceScores.self) {
      self = .sentences(sentences)
    } else {
      return nil
    }
  }

  /// Some of the rows, in the order given.
  package func rows(at places: [Int]) -> EvaluatedRows {
    switch self {
    case .predictions(let table): .predictions(table.rows(at: places))
    case .pairs(let table): .pairs(table.rows(at: places))
    case .sentences(let table): .sentences(table.rows(at: places))
    }
  }

  /// These rows, then those of other evaluations; nil where one of them is of another kind.
  package func followed(by others: [EvaluatedRows]) -> EvaluatedRows? {
    func tables<Table>(_ table: (EvaluatedRows) -> Table?) -> [Table]? {
      let tables = others.compactMap(table)
      return tables.count == others.count ? tables : nil
    }
    return switch self {
    case .predictions(let own):
      tables { if case .predictions(let table) = $0 { table } else { nil } }
        .map { .predictions(own.followed(by: $0)) }
    case .pairs(let own):
      tables { if case .pairs(let table) = $0 { table } else { nil } }
        .map { .pairs(own.followed(by: $0)) }
    case .sentences(let own):
      tables { if case .sentences(let table) = $0 { table } else { nil } }
        .map { .sentences(own.followed(by: $0)) }
    }
  }

  package var origins: [Origin] {
    switch self {
    case .predictions(let table): table.rows.map(\.origin)
    case .pairs(let table): table.rows.map(\.origin)
    case .sentences(let table): table.rows.map(\.origin)
    }
  }

  /// What was right of each row: the true class, the given translation, or the references.
  package var truths: [[String]] {
    switch self {
    case .predictions(let table): table.rows.map { [$0.label] }
    case .pairs(let table): table.rows.map { [$0.target] }
    case .sentences(let table): table.rows.map(\.references)
    }
  }
}
