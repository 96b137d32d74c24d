import Artifacts
import Datasets
import Diagnostics
import Metrics
import Models
import Pipelines
import Reports
import Tensors
import Text
import Training

/// Scores a model on rows it was not trained on, or translations against their references.
struct Evaluate: Stage {
  static let kind = "evaluate"
  static let version = 2
  static let manual = """
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
  static let role = StageRole.scores

  private enum Subject: Sendable {
    case model(StageInput, [Metric])
    case translations(TranslationScoring)
  }

  let from: StageInput
  private let subject: Subject

  init(from options: inout StageOptions) {
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
      if let model {
        .model(model, Self.metrics(of: model, from: &options))
      } else { .translations(TranslationScoring(from: &options)) }
  }

  var outputs: [Port] {
    switch subject {
    case .model: [Port(.scores), Port("predictions", .table)]
    case .translations: TranslationScoring.outputs
    }
  }

  /// The metrics that a model is told and ranked by: those that are wanted of what it has.
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

  var scores: [StageScore] {
    switch subject {
    case .model(_, let metrics): metrics.map(\.stageScore)
    case .translations(let scoring):
      scoring.metrics.compactMap { Metric.named($0.name)?.stageScore }
    }
  }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    switch subject {
    case .model(let model, let metrics): try score(model, by: metrics, in: work)
    case .translations(let scoring): try scoring.run(work, from: from)
    }
  }

  private func score(
    _ model: StageInput, by metrics: [Metric], in work: StageWork
  ) throws(Diagnostic) -> StageOutcome {
    let blas = try OpenBLAS.load()
    let tensors = try SafetensorsFile(try work.map(model))
    let artifact = try ModelArtifact(tensors)
    if artifact.texts.target != nil {
      return try PairScoring(from: from, model: model, metrics: metrics)
        .run(work, scores: outputs[0], pairs: outputs[1])
    }
    guard let configuration = LSTMClassifier.Configuration(json: artifact.architecture) else {
      throw Diagnostic(.notAClassifier("\(model.source)"))
    }
    let dataset = try Dataset(SafetensorsFile(try work.map(from)))
    guard dataset.classNames == artifact.texts.classNames, !dataset.labels.isEmpty,
      dataset.columns[0].vocabularySize == configuration.vocabularySize
    else { throw Diagnostic(.otherData("\(from.source)", "\(model.source)")) }
    let classifier = LSTMClassifier(configuration)
    let weights = try ParameterBuffer(classifier.layout, from: tensors)
    var rows = RowBatch(columnCount: 3)
    let names = dataset.classNames
    let tally = try ClassificationTally(
      classifier, weights, on: dataset, cores: work.cores, blas: blas
    ) {
      row, probabilities, predicted in
      let probability = Spelling.rounded(Double(probabilities[predicted]), places: 6)
      let line = Int(clamping: max(1, dataset.rowNumbers[row]))
      rows.append(
        [names[Int(dataset.labels[row])], names[predicted], probability], Origin(line: line))
    }
    let scores = ClassificationReport(tally: tally, classNames: names, metrics: metrics)
    try work.commit(scores.json.pretty + "\n", to: outputs[0])
    var table = try work.newTable(["label", "predicted", "probability"])
    try table.append(rows)
    try work.commit(table, to: outputs[1])
    work.summarise(scores.summary)
    return .finished
  }
}

extension Diagnostic.Message {
  fileprivate static let modelOfTable = Self(
    "a table of translations is scored without a model",
    remedy: "leave model out, or score the model on the output of a binarize stage")

  fileprivate static func unknownMetric(_ name: String, among names: [String]) -> Self {
    Self(
      "the model has no score '\(name)'\(Suggestion.ending(for: name, among: names))",
      remedy: "use some of \(names.joined(separator: ", "))")
  }

  fileprivate static func noModel(_ rows: String) -> Self {
    Self("'\(rows)' gives rows to score a model on, but no model", remedy: "add model = \"train\"")
  }

  fileprivate static func otherData(_ data: String, _ model: String) -> Self {
    Self(
      "'\(data)' was not made for '\(model)': its classes or its vocabulary are others",
      remedy: "score on a part of the split that the model was trained on")
  }
}
