import Artifacts
import Datasets
import Diagnostics
import Layers
import Metrics
import Models
import Pipelines
import Reports
import Text
import Training

/// Trains a convolutional translator.
struct TranslatorTraining: ModelTraining {
  private let model: ConvS2SOptions
  let options: TrainingOptions
  let metrics = Metric.ofPairs
  /// How translations are looked for when their BLEU decides which epoch is best.
  private let search: BeamSearch?

  init(from options: inout StageOptions) {
    model = ConvS2SOptions(from: &options)
    self.options = TrainingOptions(from: &options, defaults: .translator)
    search = options.when(self.options.monitor.score == Metric.bleu.name, "watch = \"bleu\"") {
      BeamSearch(from: &$0)
    }
  }

  func run(_ training: StagedTraining) throws(Diagnostic) -> StageOutcome {
    let rows = try training.rows()
    let columns = try PairColumns(of: rows, named: "\(training.from.source)")
    let source = try training.chain(column: columns.source.name)
    let target = try training.chain(column: columns.target.name)
    let text = try TargetText(target, model: training.work.stage)
    var configuration = model.configuration(
      sourceVocabularySize: columns.source.vocabularySize,
      targetVocabularySize: columns.target.vocabularySize)
    configuration.padding = Int(columns.target.padding)
    configuration.end = Int(columns.end)
    configuration.unknown = text.vocabulary.id(of: .unknown) ?? configuration.padding
    let translator = ConvS2S(configuration)
    training.work.note("smoothing", .string(configuration.labelSmoothing.formula))
    let lengths = 2...configuration.maximumLength
    let examples = pairs(of: rows, lengths, named: "training", training)
    var validation: TranslationValidation?
    if let validRows = try training.validRows() {
      let pairs = pairs(of: validRows, lengths, named: "validation", training)
      var bleu: TranslatedPairs?
      if let search { bleu = try TranslatedPairs(pairs, search: search, into: text) }
      validation = TranslationValidation(
        translator, on: pairs, bleu: bleu, cores: training.work.cores, blas: training.blas)
    }
    return try training.run(
      translator, examples,
      as: ModelArtifact(
        architecture: configuration.json, texts: .translation(source: source, target: target)),
      unit: .targetTokens, isSmoothed: configuration.labelSmoothing.amount > 0
    ) { (weights) throws(Diagnostic) in try validation?.scores(of: weights) ?? [:] }
  }

  /// The pairs that a model of these lengths can learn; how many are left out is told.
  private func pairs(
    of rows: Dataset, _ lengths: ClosedRange<Int>, named name: String, _ training: StagedTraining
  ) -> Examples<TranslationBatch> {
    let pairs = rows.translation(sentenceLengths: lengths)
    let leftOut = rows.count - pairs.count
    if leftOut > 0 {
      training.work.warn(.leftOut(leftOut, name, of: rows.count, longest: lengths.upperBound))
    }
    training.work.note("\(name)-pairs-left-out", .integer(leftOut))
    return pairs
  }
}

/// The two columns of a dataset of pairs.
private struct PairColumns {
  let source: TokenColumn
  let target: TokenColumn
  /// The id that ends every sentence of both.
  let end: Int32

  init(of dataset: Dataset, named name: String) throws(Diagnostic) {
    guard dataset.columns.count == 2, let end = dataset.columns[1].end else {
      throw Diagnostic(.noPairs(name))
    }
    (source, target, self.end) = (dataset.columns[0], dataset.columns[1], end)
    guard source.end == end, source.padding == target.padding else {
      throw Diagnostic(.otherSpecialIDs(name))
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func noPairs(_ dataset: String) -> Self {
    Self(
      "'\(dataset)' has no pairs of sentences to learn to translate",
      remedy: "binarize a table with the columns source and target")
  }

  fileprivate static func otherSpecialIDs(_ dataset: String) -> Self {
    Self(
      "the vocabularies of '\(dataset)' number <pad> and </s> differently",
      remedy: "make both by stages of one kind")
  }

  fileprivate static func leftOut(
    _ count: Int, _ part: String, of rows: Int, longest: Int
  ) -> Self {
    Self(
      "\(Spelling.count(count)) of \(Spelling.count(rows)) \(part) pairs are left out: a sentence is"
        + " empty or has over \(Spelling.count(longest)) tokens",
      remedy: "drop them in a clean stage, or raise positions")
  }
}
