import Diagnostics
import Metrics
import Pipelines

/// Scores a model on rows it was not trained on, or translations against their references.
package struct Evaluate: Stage {
  package static let kind = "evaluate"
  package static let version = 2
  package static let manual = """
    scores a model on held-out rows, or translations against their references
    With a model, from is a dataset: accuracy, macro, micro and weighted F1, precision and recall of each class, the confusion
    matrix, the log-loss, and what always answering the commonest class would score. Everything is
    counted over all rows, never averaged over batches. The table predictions has a line per row.
    Of a translator and pairs: the loss per token, with the model's label smoothing and without
    (nll), in natural logarithms and, as fairseq prints them, to base 2, and the perplexity.
    Without one, from is a table of hypotheses and references: bleu, chrf2, chrf2++ and ter as
    sacreBLEU 2 computes them, with its signatures; bleu4-tokenized, the BLEU4 of fairseq and
    multi-bleu.perl on tokenized, lower-cased text, which is not comparable with bleu. The table
    sentences has the scores of each sentence. What translate gives is scored as it stands.
    """
  package static let role = StageRole.scores

  private enum Subject: Sendable {
    case model(StageInput)
    case translations(TranslationScoring)
  }

  let from: StageInput
  private let subject: Subject
  private let models: ModelCatalog

  package init(from options: inout StageOptions) { self.init(from: &options, models: .standard) }

  /// - Parameter models: those it can score.
  package init(from options: inout StageOptions, models: ModelCatalog) {
    self.models = models
    let isScoringModel = options.isGiven("model")
    from = options.input(
      "from", oneOf: isScoringModel ? [.dataset, .table] : [.table, .dataset],
      "the rows to score a model on, or the translations")
    let model = options.optionalInput(
      "model", .model, unset: "none: translations are scored", "the model to score")
    let isTable = from.source.port.type == .table
    if isTable == isScoringModel {
      options.reject("model", isTable ? .modelOfTable : .noModel("\(from.source)"))
    }
    subject =
      if let model { .model(model) } else { .translations(TranslationScoring(from: &options)) }
  }

  package var outputs: [Port] {
    switch subject {
    case .model: [Port(.scores), Port("predictions", .table)]
    case .translations: TranslationScoring.outputs
    }
  }

  /// Of pairs those that a translator can read are scored, of ranked translations the best.
  package func rows(of port: Port) -> RowSource {
    port.type == .table ? .input(from, .choice) : .noRows
  }

  package var scoreNames: [String] {
    switch subject {
    case .model: ["macro-f1", "accuracy", "weighted-f1", "log-loss", "micro-f1"]
    case .translations(let scoring): scoring.metrics.map(\.name)
    }
  }

  /// The measure of translations that goes by a name; nil for the scores of a model.
  func metric(named name: String) -> (any TranslationMetric)? {
    guard case .translations(let scoring) = subject else { return nil }
    return scoring.metrics.first { $0.name == name }?.metric
  }

  package func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    switch subject {
    case .model(let model): try score(model, in: work)
    case .translations(let scoring): try scoring.run(work, from: from)
    }
  }

  private func score(
    _ model: StageInput, in work: StageWork
  ) throws(Diagnostic) -> StageOutcome {
    let stored = try StoredModel(work.map(model), named: "\(model.source)", in: models)
    if stored.kind is any TranslatorKind.Type {
      return try PairScoring(from: from, model: model)
        .run(work, scores: outputs[0], pairs: outputs[1])
    }
    return try ClassificationScoring(from: from, model: stored)
      .run(work, scores: outputs[0], predictions: outputs[1])
  }
}

extension Diagnostic.Message {
  fileprivate static let modelOfTable = Self(
    "a table of translations is scored without a model",
    remedy: "leave model out, or score the model on the output of a binarize stage")

  fileprivate static func noModel(_ rows: String) -> Self {
    Self("'\(rows)' gives rows to score a model on, but no model", remedy: "add model = \"train\"")
  }
}
