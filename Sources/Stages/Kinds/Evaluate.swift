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
    case model(StageInput)
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
      if let model { .model(model) } else { .translations(TranslationScoring(from: &options)) }
  }

  var outputs: [Port] {
    switch subject {
    case .model: [Port(.scores), Port("predictions", .table)]
    case .translations: TranslationScoring.outputs
    }
  }

  /// Of pairs those that a translator can read are scored, of ranked translations the best.
  func rows(of port: Port) -> RowSource {
    port.type == .table ? .input(from, .choice) : .noRows
  }

  var scoreNames: [String] {
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

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    switch subject {
    case .model(let model): try score(model, in: work)
    case .translations(let scoring): try scoring.run(work, from: from)
    }
  }

  private func score(
    _ model: StageInput, in work: StageWork
  ) throws(Diagnostic) -> StageOutcome {
    let blas = try OpenBLAS.load()
    let tensors = try SafetensorsFile(try work.map(model))
    let artifact = try ModelArtifact(tensors)
    if artifact.texts.target != nil {
      return try PairScoring(from: from, model: model)
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
    let scores = ClassificationReport(tally: tally, classNames: names)
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

  fileprivate static func noModel(_ rows: String) -> Self {
    Self("'\(rows)' gives rows to score a model on, but no model", remedy: "add model = \"train\"")
  }

  fileprivate static func otherData(_ data: String, _ model: String) -> Self {
    Self(
      "'\(data)' was not made for '\(model)': its classes or its vocabulary are others",
      remedy: "score on a part of the split that the model was trained on")
  }
}
