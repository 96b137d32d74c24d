import Chains
import Diagnostics
import Metrics
import ModelKinds
import Pipelines

/// Scores a model on rows it was not trained on, or translations against their references.
package struct Evaluate: Stage {
  package static let kind = "evaluate"
  package static let version = 5
  package static let manual = """
    scores a model on held-out rows, or translations against their references
    With a model, from is a dataset: accuracy, macro, micro and weighted F1, precision and recall of
    each class, the confusion matrix, and the log-loss. Everything is counted over all rows, never
    averaged over batches. Each metric has the mean and half the width of what 95 % of resampled rows
    score. calibration says how many predictions of like probability are right, and calibration-error
    how far that is from what was said, on average; each class has its average precision and its
    precision at each recall. The table predictions has a line per row; show … --wrong lists those that
    are wrong with the words behind them. Beside the model stand two that
    cost nothing, made from the rows that it was trained on: naive Bayes over tokens and pairs of
    tokens, and always answering the commonest class. A model that does not beat them is not worth
    its training. rows-also-in-train counts the rows whose tokens a training row has too.
    Of a translator and pairs: the loss per token, with the model's label smoothing and without
    (nll), in natural logarithms and, as fairseq prints them, to base 2, and the perplexity. Pairs
    that are longer than the model reads are left out, and their number is told; predictions has a
    line for each of the others.
    Without one, from is a table of hypotheses and references: bleu, chrf2, chrf2++ and ter as
    sacreBLEU 2 computes them, with its signatures; bleu4-tokenized, the BLEU4 of fairseq and
    multi-bleu.perl on tokenized, lower-cased text, which is not comparable with bleu. The table
    sentences has the scores of each sentence by itself: bleu with effective-order, and none of
    bleu4-tokenized. What translate gives is scored as it stands.
    """
  package static let role = StageRole.scores

  private enum Subject: Sendable {
    /// A model, the rows it learned its classes from, and what is told of it.
    case model(StageInput, train: StageInput?, [Metric])
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
      "from",
      oneOf: isScoringModel ? [.dataset, .features, .table] : [.table, .dataset, .features],
      "the rows to score a model on, or the translations")
    let model = options.optionalInput(
      "model", .model, unset: "none: translations are scored", "the model to score")
    let isTable = from.source.port.type == .table
    if isTable == isScoringModel {
      options.reject(
        "model", isTable ? .modelOfTable("\(from.source)") : .noModel("\(from.source)"))
    }
    subject =
      if let model {
        .model(
          model, train: Self.trainingRows(of: model, from: &options),
          Self.metrics(of: model, from: &options))
      } else { .translations(TranslationScoring(from: &options)) }
  }

  package var outputs: [Port] {
    switch subject {
    case .model: [Port(.scores), EvaluatedRows.predictionsPort]
    case .translations: TranslationScoring.outputs
    }
  }

  /// Only the pairs that a translator can read, and of ranked translations only the best, are scored.
  package func rows(of port: Port) -> RowSource {
    port.type == .table ? .input(from, .choice) : .noRows
  }

  /// The rows that a classifier was trained on, to make baselines from.
  private static func trainingRows(
    of model: StageInput, from options: inout StageOptions
  ) -> StageInput? {
    let classScores = Set(Metric.ofClasses.map(\.name))
    guard model.source.port.scores.contains(where: { classScores.contains($0.name) }) else {
      return nil
    }
    return options.input("train", behind: model, "from", .dataset)
      ?? options.input("train", behind: model, "from", .features)
  }

  /// The metrics of a model that are computed: those wanted, or the standard ones.
  private static func metrics(
    of model: StageInput, from options: inout StageOptions
  ) -> [Metric] {
    let all = model.source.port.scores.compactMap { Metric.named($0.name) }
    let names = all.map(\.name)
    let wanted = options.optionalTexts(
      "metrics", unset: "those that the model has", "what to tell of the model, and rank it by")
    guard let wanted else { return all.filter(\.isStandard) }
    for name in wanted where !names.contains(name) {
      options.reject("metrics", .unknownMetric(name, among: names))
    }
    return all.filter { wanted.contains($0.name) }
  }

  package var scores: [StageScore] {
    switch subject {
    case .model(_, _, let metrics): metrics.map(\.stageScore)
    case .translations(let scoring):
      scoring.metrics.compactMap { Metric.named($0.name)?.stageScore }
    }
  }

  package func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    switch subject {
    case .model(let model, let train, let metrics):
      try score(model, trainedOn: train, by: metrics, in: work)
    case .translations(let scoring): try scoring.run(work, from: from)
    }
  }

  private func score(
    _ model: StageInput, trainedOn train: StageInput?, by metrics: [Metric], in work: StageWork
  ) throws(Diagnostic) -> StageOutcome {
    let stored = try StoredModel(work.map(model), named: "\(model.source)", in: models)
    if stored.kind is any TranslatorKind.Type {
      return try PairScoring(from: from, model: stored, metrics: metrics)
        .run(work, scores: outputs[0], pairs: outputs[1])
    }
    return try ClassificationScoring(from: from, model: stored, train: train, metrics: metrics)
      .run(work, scores: outputs[0], predictions: outputs[1])
  }
}

extension Diagnostic.Message {
  fileprivate static func modelOfTable(_ name: String) -> Self {
    Self(
      "a model is scored on a dataset, and '\(name)' is a table",
      remedy: "name the output of a binarize stage; for a table of translations leave model out")
  }

  fileprivate static func unknownMetric(_ name: String, among names: [String]) -> Self {
    Self(
      "the model has no score '\(name)'\(Suggestion.ending(for: name, among: names))",
      remedy: "use some of \(names.joined(separator: ", "))")
  }

  fileprivate static func noModel(_ rows: String) -> Self {
    Self("'\(rows)' gives rows to score a model on, but no model", remedy: "add model = \"train\"")
  }
}
