import Datasets
import Diagnostics
import Formats
import LinearModels
import Pipelines
import Reports

/// Logistic regression over TF-IDF of n-grams: what a definition may say of it, and its training.
package struct LogisticRegressionKind: NGramClassifierKind {
  package static let name = "logistic-regression"
  package static let manual = """
    logistic-regression weighs n-grams of tokens by TF-IDF and is solved, not trained epoch by
    epoch: it ends where the gradient is nearly zero, and the record has the objective and the
    gradient's norm there. What it gives is scikit-learn's TfidfVectorizer and LogisticRegression
    with C = cost. It draws no random numbers, so every seed gives the same model.
    """

  private let ngrams: TFIDFOptions
  private let regression: LogisticRegression
  private let weighting: ClassWeighting

  package init(from options: inout StageOptions) {
    ngrams = TFIDFOptions(from: &options)
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
    let learning = try NGramLearning(staged, ignoresCase: false)
    let (work, rows) = (learning.work, learning.rows)
    let index = ngrams.index(of: learning.tokens)
    try demand(rows: rows.count, features: index.count, classes: rows.classNames.count).check()
    let (features, matrix) = ngrams.features(
      of: learning.tokens, by: index, cores: work.cores)
    var regression = regression
    regression.classWeights = weighting.weights(of: rows).map { Double($0) }
    let fit = regression.fit(
      matrix, labels: rows.labels, classCount: rows.classNames.count, cores: work.cores
    ) { progress in
      work.progress(StageProgress(text: Self.text(of: progress)))
      return !work.shouldStop
    }
    guard let fit else { return .stopped }
    if !fit.isConverged { work.warn(.notConverged(fit)) }
    work.note("objective", .number(fit.objective))
    work.note("gradient-norm", .number(fit.gradientNorm))
    work.note("iterations", .integer(fit.iterationCount))
    return try learning.finish(
      NGramModel(features: features, model: fit.model), of: Self.self,
      summary: [
        Spelling.count(fit.iterationCount, "iteration"),
        "objective \(Spelling.measure(fit.objective))",
      ])
  }

  private static func text(of progress: LogisticRegression.Progress) -> String {
    "iteration \(progress.iteration)  objective \(Spelling.measure(progress.objective))"
      + "  gradient \(Spelling.measure(progress.gradientNorm))"
  }

  private func demand(rows: Int, features: Int, classes: Int) -> MemoryDemand {
    MemoryDemand(
      byteCount: regression.byteCount(
        rowCount: rows, featureCount: features, classCount: classes),
      for: "a regression on \(Spelling.count(features)) n-grams of \(Spelling.count(rows)) rows",
      remedy: "raise minimum-count, or lower size or buckets")
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
