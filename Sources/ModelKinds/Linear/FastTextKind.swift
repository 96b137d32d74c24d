import Chains
import Datasets
import Diagnostics
import Formats
import LinearModels
import Pipelines
import Reports
import Tensors
import Text

/// A fastText classifier: what a definition may say of it, and its training.
package struct FastTextKind: ClassifierKind {
  package static let name = "fasttext"
  package static let manual = """
    fasttext is the mean of vectors of words, of n-grams of words and, when asked, of n-grams of the
    characters of words, then a softmax. N-grams share the vectors of buckets. It takes about a
    second for ten thousand short texts and often does as well as a network.
    """

  private let training: FastText
  private let inputs: FastTextInputs.Options
  private let seed: UInt64

  package init(from options: inout StageOptions) {
    var training = FastText()
    training.width = options.integer(
      "width", default: 16, in: 1...4096, "width of the vectors of words and n-grams")
    training.epochs = options.integer(
      "passes", default: 5, in: 1...100_000,
      "passes over the training rows, in which the rate falls to zero")
    training.learningRate = options.float(
      "learning-rate", default: 0.5, in: .from(1e-6, through: 100),
      "how far a row moves the vectors at first")
    self.training = training
    let longest = options.integer(
      "ngrams", default: 2, in: 1...8, "the tokens of the longest n-grams of words")
    let characters = options.integers(
      "character-ngrams", default: [0, 0], in: 0...16,
      "the characters of the shortest and of the longest n-grams within <words>; zeros for none")
    var lengths: ClosedRange<Int>?
    if characters.count != 2 || characters[0] > characters[1]
      || characters[0] == 0 && characters[1] > 0
    {
      options.reject("character-ngrams", .notLengths)
    } else if characters[0] > 0 {
      lengths = characters[0]...characters[1]
    }
    let buckets = options.integer(
      "buckets", default: 1 << 18, in: 1...100_000_000,
      "how many vectors the n-grams share")
    inputs = FastTextInputs.Options(
      bucketCount: buckets, longestNGram: longest, characters: lengths)
    seed = options.seed()
  }

  package var outputs: [Port] { [Port(.model)] }

  package var memoryDemand: MemoryDemand? {
    MemoryDemand(
      byteCount: training.width * inputs.bucketCount * 8,
      for: "vectors for \(Spelling.count(inputs.bucketCount)) buckets",
      remedy: "lower buckets or width")
  }

  package func train(_ staged: StagedTraining) throws(Diagnostic) -> StageOutcome {
    let work = staged.work
    try memoryDemand?.check()
    let rows = try staged.labelledRows()
    let chain = try staged.chain(column: rows.columns[0].name)
    let vocabulary = try Vocabulary(lines: chain.vocabulary.span, file: "\(staged.from.source)")
    let reading = TokenReading(vocabulary, ignoresCase: false)
    let inputs = FastTextInputs(vocabulary, inputs)
    let numbers = try FastTextRows(count: rows.count) { (row) throws(Diagnostic) in
      let tokens = try reading.tokens(ofRow: row, of: rows)
      return inputs.numbers(of: tokens.span)
    }
    var random = RandomSource(seed: seed).stream(Self.name)
    let fit = try training.fit(
      numbers, inputCount: inputs.count, labels: rows.labels, classCount: rows.classNames.count,
      using: &random
    ) { progress in
      work.progress(StageProgress(fraction: progress.fraction, text: Self.text(of: progress)))
      return !work.shouldStop
    }
    guard let fit else { return .stopped }
    let model = FastTextTensors(model: fit.model, inputs: inputs)
    work.note("loss", .number(fit.loss))
    var summary = [
      training.epochs == 1 ? "1 pass" : "\(Spelling.count(training.epochs)) passes",
      "loss \(Spelling.score(fit.loss, of: "loss"))",
    ]
    if let validRows = try staged.labelledValidRows(like: rows) {
      summary += try staged.validate(FastTextClassifier(model, reading), on: validRows)
    }
    try staged.commit(
      ModelArtifact(
        of: Self.self, configuration: model.configuration,
        texts: .classification(source: chain, classNames: rows.classNames)), model)
    work.summarise(summary.joined(separator: "  "))
    return .finished
  }

  private static func text(of progress: FastText.Progress) -> String {
    "pass \(progress.epoch)  loss \(Spelling.score(progress.loss, of: "loss"))"
  }

  package static func classifier(
    _ stored: StoredModel, in precision: Precision
  ) throws(Diagnostic) -> any TrainedClassifier {
    guard let size = stored.configuration.size("vocabulary") else {
      throw Diagnostic(.misshapen(stored))
    }
    let vocabulary = try stored.vocabulary(of: stored.texts.source, has: size)
    return try FastTextClassifier(
      FastTextTensors(stored, vocabulary), TokenReading(vocabulary, ignoresCase: false))
  }
}

extension FastTextInputs {
  /// Inputs for the words of a vocabulary.
  init(_ vocabulary: Vocabulary, _ options: Options) {
    self.init(words: (0..<vocabulary.count).map { Array(vocabulary.word(of: $0)) }, options)
  }
}

extension Diagnostic.Message {
  fileprivate static let notLengths = Self(
    "character-ngrams wants two lengths, of which the second is no smaller",
    remedy: "write character-ngrams = [3, 6], or [0, 0] for none")
}
