import Chains
import Datasets
import Diagnostics
import Formats
import Layers
import Metrics
import Models
import Pipelines
import Tensors
import Text
import Training

/// The convolutional translator as a kind of model: its options, its training, its configuration.
package struct ConvS2SKind: TranslatorKind {
  package static let name = "convs2s"
  package static let manual = """
    convs2s is the convolutional translator of Gehring et al. (2017), in fairseq's shapes; from is a
    dataset of pairs. Sentences longer than its positions are left out, and their number is told.
    """
  private let model: ConvS2SOptions
  private let training: BatchTraining
  /// The search for translations whose BLEU decides which epoch is best; nil unless it does.
  private let search: BeamSearch?

  package init(from options: inout StageOptions) {
    let model = ConvS2SOptions(from: &options)
    training = BatchTraining(from: &options, defaults: .translator) {
      ConvS2S(model.configuration(sourceVocabularySize: 1, targetVocabularySize: 1)).layout
    }
    self.model = model
    search = options.when(training.options.monitor.score == Metric.bleu.name, "watch = \"bleu\"") {
      BeamSearch(from: &$0)
    }
  }

  package var outputs: [Port] { BatchTraining.outputs }

  package func memoryDemands(longestRow: Int?) -> [MemoryDemand] {
    let smallest = model.configuration(sourceVocabularySize: 1, targetVocabularySize: 1)
    return MemoryDemand.demands(
      training: ConvS2S(smallest), training.options, longestRow: longestRow)
  }

  package func train(_ staged: StagedTraining) throws(Diagnostic) -> StageOutcome {
    let rows = try staged.rows()
    let columns = try PairColumns(of: rows, named: "\(staged.from.source)")
    let source = try staged.chain(column: columns.source.name)
    let target = try staged.chain(column: columns.target.name)
    let text = try TargetText(target, model: staged.work.stage)
    var configuration = model.configuration(
      sourceVocabularySize: columns.source.vocabularySize,
      targetVocabularySize: columns.target.vocabularySize)
    configuration.padding = Int(columns.target.padding)
    configuration.end = Int(columns.end)
    configuration.unknown = text.vocabulary.id(of: .unknown) ?? configuration.padding
    let translator = ConvS2S(configuration)
    let blas = try OpenBLAS.load()
    staged.work.note("smoothing", .string(configuration.labelSmoothing.formula))
    let lengths = 2...configuration.maximumLength
    let examples = try pairs(of: rows, lengths, named: "training", staged)
    var validation: TranslationValidation?
    if let validRows = try staged.validRows() {
      let pairs = try self.pairs(of: validRows, lengths, named: "validation", staged)
      var bleu: TranslatedPairs?
      if let search { bleu = try TranslatedPairs(pairs, search: search, into: text) }
      validation = TranslationValidation(
        translator, on: pairs, bleu: bleu, cores: staged.work.cores, blas: blas)
    }
    return try training.run(
      translator, examples,
      as: ModelArtifact(
        of: Self.self, configuration: configuration.json,
        texts: .translation(source: source, target: target)),
      in: staged, unit: .targetTokens, answerCount: configuration.targetVocabularySize,
      isSmoothed: configuration.labelSmoothing.amount > 0, blas: blas
    ) { (weights) throws(Diagnostic) in try validation?.scores(of: weights) ?? [:] }
  }

  package static func translator(_ model: StoredModel) throws(Diagnostic) -> TranslationModel {
    guard let configuration = ConvS2S.Configuration(json: model.configuration),
      case .translation(let source, let target) = model.texts
    else { throw Diagnostic(.misshapen(model)) }
    try model.checkVocabulary(of: source, has: configuration.sourceVocabularySize)
    try model.checkVocabulary(of: target, has: configuration.targetVocabularySize)
    let network = ConvS2S(configuration)
    return TranslationModel(
      network, try ParameterBuffer(network.layout, from: model.tensors), try OpenBLAS.load(),
      source: source, target: target, name: model.name)
  }

  /// The pairs that a model of these lengths can learn; warns of how many are left out.
  ///
  /// - Throws: when none is left.
  private func pairs(
    of rows: Dataset, _ lengths: ClosedRange<Int>, named name: String, _ staged: StagedTraining
  ) throws(Diagnostic) -> Examples<TranslationBatch> {
    let pairs = rows.translation(sentenceLengths: lengths)
    guard pairs.count > 0 else {
      throw Diagnostic(.nothingLeft(name, of: rows.count, longest: lengths.upperBound))
    }
    let leftOut = rows.count - pairs.count
    if leftOut > 0 {
      staged.work.warn(.leftOut(leftOut, name, of: rows.count, longest: lengths.upperBound))
    }
    staged.work.note("\(name)-pairs-left-out", .integer(leftOut))
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

  fileprivate static func nothingLeft(_ part: String, of rows: Int, longest: Int) -> Self {
    Self(
      "none of \(Spelling.count(rows, "\(part) pair")) can be used: a sentence of each is empty or has"
        + " over \(Spelling.count(longest)) tokens",
      remedy: "give other pairs, or raise positions")
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
