import Chains
import Datasets
import Diagnostics
import Formats
import LinearModels
import Pipelines
import Reports
import Text

/// The training of a model of n-grams as part of a pipeline: its rows, and what it leaves.
struct NGramLearning {
  private let staged: StagedTraining
  private let chain: TextChain
  private let ignoresCase: Bool
  let reading: TokenReading
  let rows: Dataset

  var work: StageWork { staged.work }

  init(_ staged: StagedTraining, ignoresCase: Bool) throws(Diagnostic) {
    self.staged = staged
    self.ignoresCase = ignoresCase
    rows = try staged.labelledRows()
    let chain = try staged.chain(column: rows.columns[0].name)
    let vocabulary = try Vocabulary(lines: chain.vocabulary.span, file: "\(staged.from.source)")
    reading = TokenReading(vocabulary, ignoresCase: ignoresCase)
    self.chain = chain
  }

  /// Stores the model, and tells of it and of its scores on the rows for validation.
  func finish(
    _ model: NGramModel, of kind: any ModelKind.Type, summary: [String]
  ) throws(Diagnostic) -> StageOutcome {
    var summary = ["\(Spelling.count(model.features.count)) n-grams"] + summary
    if let validRows = try staged.labelledValidRows(like: rows) {
      summary += try staged.validate(NGramClassifier(model, reading), on: validRows)
    }
    let artifact = ModelArtifact(
      of: kind,
      configuration: model.configuration(
        vocabularySize: reading.count, ignoresCase: ignoresCase),
      texts: .classification(source: chain, classNames: rows.classNames))
    try staged.commit(artifact, model)
    work.summarise(summary.joined(separator: "  "))
    return .finished
  }
}
