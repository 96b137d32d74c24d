import Datasets
import Diagnostics
import Formats
import LinearModels
import Pipelines
import Reports
import Tensors

/// Logistic regression over TF-IDF of n-grams, or features of an encoder: its options and training.
package struct LogisticRegressionKind: NGramClassifierKind {
  package static let name = "logistic-regression"
  package static let manual = """
    logistic-regression weighs n-grams of tokens by TF-IDF and is solved, not trained epoch by
    epoch: it ends where the gradient is nearly zero, and the record has the objective and the
    gradient's norm there. What it gives is scikit-learn's TfidfVectorizer and LogisticRegression
    with C = cost. It draws no random numbers, so every seed gives the same model. Where from are
    features of an encode stage, it weighs these, as they are.
    """
  package static let readsFeatures = true

  private let readsFeatures: Bool
  private let ngrams: TFIDFOptions
  private let regression: LogisticRegression
  private let weighting: ClassWeighting

  package init(from options: inout StageOptions) {
    readsFeatures = options.learnsFromFeatures
    ngrams = options.under(options.learnsFromIDs) { TFIDFOptions(from: &$0) }
    var regression = LogisticRegression()
    regression.penalty = options.choice(
      "penalty", default: .l2,
      "what weights cost: l2 half their squares; l1 their sizes, which leaves most of them zero")
    regression.cost = options.number(
      "cost", default: 10, in: .from(1e-6, through: 1e6),
      "what the rows' loss costs beside the weights: C of scikit-learn")
    regression.tolerance = options.number(
      "tolerance", default: 1e-5, in: .from(1e-12, through: 0.5),
      "how short the gradient must become beside the first one")
    regression.maximumIterations = options.integer(
      "iterations", default: 1000, in: 1...1_000_000, "after how many steps it ends anyway")
    // The solver of this penalty became another one, whose weights differ in their last digits.
    if regression.penalty == .l2 { options.key("solver", .text("newton")) }
    self.regression = regression
    weighting = ClassWeighting(from: &options)
  }

  package func train(_ staged: StagedTraining) throws(Diagnostic) -> StageOutcome {
    readsFeatures ? try trainOnFeatures(staged) : try trainOnNGrams(staged)
  }

  private func trainOnNGrams(_ staged: StagedTraining) throws(Diagnostic) -> StageOutcome {
    let learning = try NGramLearning(staged, ignoresCase: false)
    let (rows, reading, cores) = (learning.rows, learning.reading, learning.work.cores)
    let counts = try ngrams.counts(of: rows, readBy: reading, cores: cores)
    try demand(
      rows: rows, columnCounts: counts.counts, named: "n-grams",
      remedy: "raise minimum-count, lower size or buckets, or give it fewer rows"
    ).check()
    let features = ngrams.features(by: counts)
    var matrix = SparseRows(columnCount: features.count)
    matrix.reserve(rows: rows.count, entries: counts.entryCount)
    try reading.forEachPart(of: rows) { _, tokens in
      matrix.append(features.matrix(of: tokens, cores: cores))
    }
    guard let fit = fit(matrix, learning.rows, in: learning.work) else { return .stopped }
    return try learning.finish(
      NGramModel(features: features, model: fit.model), of: Self.self, summary: Self.summary(fit))
  }

  private func trainOnFeatures(_ staged: StagedTraining) throws(Diagnostic) -> StageOutcome {
    let learning = try FeatureLearning(staged)
    let (rows, width) = (learning.rows, learning.width)
    try demand(
      rows: rows, columnCounts: Array(repeating: rows.count, count: width), named: "features",
      remedy: "give it fewer rows"
    ).check()
    let matrix = try rows.withFeatures { values in
      var matrix = SparseRows(columnCount: width)
      for row in 0..<rows.count {
        matrix.append((0..<width).map { (Int32($0), Double(values[row * width + $0])) })
      }
      return matrix
    }
    guard let fit = fit(matrix, rows, in: learning.work) else { return .stopped }
    var summary = ["\(Spelling.count(width)) features"] + Self.summary(fit)
    if let validRows = try staged.labelledValidRows(like: rows) {
      summary += try staged.validate(learning.classifier(fit.model), on: validRows)
    }
    try staged.commit(learning.model(of: Self.self, fit.model.configuration), fit.model)
    learning.work.summarise(summary.joined(separator: "  "))
    return .finished
  }

  /// The model that rows are best told apart by; nil when asked to stop.
  private func fit(
    _ matrix: SparseRows, _ rows: Dataset, in work: StageWork
  ) -> LogisticRegression.Fit? {
    var regression = regression
    regression.classWeights = weighting.weights(of: rows).map { Double($0) }
    let fit = regression.fit(
      matrix, labels: rows.labels, classCount: rows.classNames.count, cores: work.cores
    ) { progress in
      work.progress(StageProgress(text: Self.text(of: progress)))
      return !work.shouldStop
    }
    guard let fit else { return nil }
    if !fit.isConverged { work.warn(.notConverged(fit)) }
    work.note("objective", .number(fit.objective))
    work.note("gradient-norm", .number(fit.gradientNorm))
    work.note("iterations", .integer(fit.iterationCount))
    return fit
  }

  package static func classifier(
    _ model: StoredModel, in precision: Precision
  ) throws(Diagnostic) -> any TrainedClassifier {
    let ofFeatures = try FeatureLearning.classifier(model, in: precision) {
      (width) throws(Diagnostic) in
      try LinearModel(model, featureCount: width)
    }
    if let ofFeatures { return ofFeatures }
    return try NGramClassifier(model)
  }

  package static func details(of model: StoredModel) throws(Diagnostic) -> [ModelDetail] {
    if let detail = try FeatureLearning.detail(of: model) { return [detail] }
    return try NGramEffects(model).map { [$0.detail] } ?? []
  }

  private static func summary(_ fit: LogisticRegression.Fit) -> [String] {
    [
      Spelling.count(fit.iterationCount, "iteration"),
      "objective \(Spelling.measure(fit.objective))",
    ]
  }

  private static func text(of progress: LogisticRegression.Progress) -> String {
    "iteration \(progress.iteration)  objective \(Spelling.measure(progress.objective))"
      + "  gradient \(Spelling.measure(progress.gradientNorm))"
  }

  private func demand(
    rows: Dataset, columnCounts: [Int], named name: String, remedy: String
  ) -> MemoryDemand {
    MemoryDemand(
      byteCount: regression.byteCount(
        rowCount: rows.count, columnCounts: columnCounts, classCount: rows.classNames.count),
      for:
        "a regression on \(Spelling.count(columnCounts.count)) \(name) of \(Spelling.count(rows.count)) rows",
      remedy: remedy)
  }
}

extension Diagnostic.Message {
  fileprivate static func notConverged(_ fit: LogisticRegression.Fit) -> Self {
    Self(
      "the gradient is still \(Spelling.measure(fit.gradientNorm)) after"
        + " \(Spelling.count(fit.iterationCount, "iteration"))",
      remedy: "raise iterations or tolerance")
  }
}
