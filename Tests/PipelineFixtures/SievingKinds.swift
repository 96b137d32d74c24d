import Artifacts
import Chains
import Diagnostics
import Pipelines
import Stages
import Text

/// A kind that leaves out rows without a word, and may say so.
protocol SievingKind: Stage {
  var from: Parts { get }
  var column: String { get }
  var word: String { get }
  init(from: Parts, column: String, word: String)
}

extension SievingKind {
  static var version: Int { 1 }
  static var manual: String { "keeps the rows that hold a word" }

  init(from options: inout StageOptions) {
    self.init(
      from: options.parts("from", .table, "the rows"),
      column: options.text("column", default: "text", "the column that is looked at"),
      word: options.text("word", default: "", "what rows must hold"))
  }

  var outputs: [Port] { from.mapped(to: .table) }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    for (input, port) in zip(from.inputs, outputs) {
      var reader = try TableReader(try work.stream(input), file: "\(input.source)")
      var writer = try TableWriter(columns: reader.columns, to: try work.store.makeDraft())
      let place = reader.columns.firstIndex(of: column) ?? 0
      while let batch = try reader.next() {
        try writer.append(batch.filtered { batch.text($0, place).contains(word) })
      }
      try work.commit(writer.finish(), to: port)
    }
    return .finished
  }
}

/// One that says that it makes a choice.
struct Sieve: SievingKind {
  static let kind = "sieve"
  let from: Parts
  let column: String
  let word: String

  func rows(of port: Port) -> RowSource { from.rows(of: port, .choice) }
}

/// One that says that it keeps every row.
struct LyingSieve: SievingKind {
  static let kind = "lying-sieve"
  let from: Parts
  let column: String
  let word: String

  func rows(of port: Port) -> RowSource { from.rows(of: port, .same) }
}

/// One that says nothing.
struct SilentSieve: SievingKind {
  static let kind = "silent-sieve"
  let from: Parts
  let column: String
  let word: String
}

extension StageCatalog {
  /// The shipped kinds and those that leave out rows.
  package static let withSieves = StageCatalog(
    standard.kinds + [Sieve.self, LyingSieve.self, SilentSieve.self])
}
