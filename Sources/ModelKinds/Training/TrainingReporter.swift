import Diagnostics
import Formats
import Metrics
import Pipelines
import Reports
import Training

/// The unit of a training's speed.
enum SpeedUnit {
  case rows
  case targetTokens
}

/// Reports the progress of a training.
struct TrainingReporter {
  private let work: StageWork
  private let watch: String
  private let unit: SpeedUnit
  /// A remark after losses that include label smoothing, because perplexity is not computed from them.
  private let lossRemark: String
  private var firstEpoch = 1
  private var isResumed = false
  private var paces: [EpochPace] = []
  /// The estimate after the last step.
  private var secondsLeft = 0.0

  init(_ work: StageWork, watch: String, unit: SpeedUnit, isSmoothed: Bool) {
    self.work = work
    self.watch = watch
    self.unit = unit
    lossRemark = isSmoothed ? " (smoothed)" : ""
  }

  mutating func observe(_ event: TrainingEvent) {
    switch event {
    case .resumed(let epoch, let batch):
      isResumed = true
      firstEpoch = epoch
      work.say(
        batch > 0
          ? "goes on in epoch \(epoch), after batch \(batch)" : "goes on with epoch \(epoch)")
    case .notice(let text): work.warn(Diagnostic.Message(text))
    case .step(let progress):
      secondsLeft = progress.secondsLeft
      work.progress(
        StageProgress(
          fraction: progress.fraction, text: text(of: progress), secondsLeft: secondsLeft))
    case .epoch(let record, let isBest, let pace):
      paces.append(pace)
      work.say(text(of: record, pace) + (isBest ? "  *" : ""))
    }
  }

  private func text(of progress: TrainingProgress) -> String {
    var parts = [
      "epoch \(progress.epoch)/\(progress.epochs)",
      score("loss", progress.loss),
    ]
    switch unit {
    case .rows:
      parts.append("\(Spelling.count(Int(progress.rowsPerSecond.rounded()))) rows/s")
    case .targetTokens:
      parts.append("gradient \(Spelling.measure(progress.gradientNorm))")
      parts.append("\(Spelling.count(Int(progress.tokensPerSecond.rounded()))) target tokens/s")
    }
    return parts.joined(separator: " · ")
  }

  /// One line: an epoch with its scores, its rate and its time.
  private func text(of record: EpochRecord, _ pace: EpochPace) -> String {
    let shown = [Metric.loss.name, watch] + (unit == .rows ? [] : [Metric.perplexity.name])
    var parts = ["epoch \(record.epoch)", score("loss", record.loss)]
    parts += record.scores.filter { shown.contains($0.key) }.sorted { $0.key < $1.key }
      .map { "valid \(score($0.key, $0.value))" }
    if unit == .targetTokens { parts.append("gradient \(Spelling.measure(record.gradientNorm))") }
    parts.append("rate \(Spelling.rounded(record.rate, places: 6))")
    if unit == .targetTokens {
      parts.append("\(Spelling.count(Int(pace.tokensPerSecond.rounded()))) target tokens/s")
    }
    parts.append(Spelling.duration(pace.seconds))
    if unit == .targetTokens, secondsLeft > 0 {
      parts.append("\(Spelling.duration(secondsLeft)) left")
    }
    return parts.joined(separator: "  ")
  }

  /// `macro-f1 0.9300`.
  private func score(_ name: String, _ value: Double) -> String {
    "\(name) \(Spelling.score(value, of: name))" + (name == Metric.loss.name ? lossRemark : "")
  }

  /// Records the summary of a finished training.
  ///
  /// - Parameter chance: the loss of giving each answer the same probability.
  func summarise(
    _ history: History, reason: FitResult.EndReason, epochs: Int, chance: Double
  ) {
    guard let first = history.epochs.first, let last = history.epochs.last else { return }
    if let trouble = LossTrouble(in: history.epochs.map(\.loss), chance: chance) {
      work.warn(trouble.message)
    }
    // A training may have been stopped after its last epoch.
    let begun = firstEpoch > last.epoch ? first.epoch : firstEpoch
    var text =
      "epochs \(begun)–\(last.epoch) of \(epochs)   loss \(Spelling.score(first.loss, of: "loss"))"
      + " → \(Spelling.score(last.loss, of: "loss"))\(lossRemark)"
    if reason == .patience { text += "   (no better score: stopped early)" }
    if reason == .rate { text += "   (learning rate at its minimum)" }
    if isResumed { text += "   (resumed)" }
    work.summarise(text)
    work.note(
      "epoch-seconds", .array(paces.map { .number(($0.seconds * 1000).rounded() / 1000) }))
    work.note(
      "epoch-tokens-per-second", .array(paces.map { .number($0.tokensPerSecond.rounded()) }))
  }

  /// Reports that the weights of several epochs were averaged, and the scores of the mean.
  func tell(averaged epochs: [Int], scores: [String: Double]) {
    let sorted = scores.sorted { $0.key < $1.key }
    let text = sorted.map { "valid \(score($0.key, $0.value))" }
    let list = epochs.map(String.init).joined(separator: ", ")
    work.say((["mean of epochs \(list)"] + text).joined(separator: "  "))
    work.note("averaged-epochs", .array(epochs.map { .integer($0) }))
    work.note(
      "averaged-scores", .object(sorted.map { JSONValue.Member($0.key, .number($0.value)) }))
  }
}
