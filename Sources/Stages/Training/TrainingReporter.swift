import Artifacts
import Diagnostics
import Pipelines
import Training

/// Tells of a training as it goes on.
struct TrainingReporter {
  private let work: StageWork
  private let watch: String
  private var firstEpoch = 1
  private var isResumed = false
  private var seconds: [JSONValue] = []

  init(_ work: StageWork, watch: String) {
    self.work = work
    self.watch = watch
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
      work.progress(
        StageProgress(
          fraction: progress.fraction,
          text:
            "epoch \(progress.epoch) of \(progress.epochs)  loss \(progress.loss.rounded(to: 3))"
            + "  \(Int(progress.rowsPerSecond.rounded()).grouped) rows/s",
          secondsLeft: progress.secondsLeft))
    case .epoch(let record, let isBest, let seconds):
      self.seconds.append(.number((seconds * 1000).rounded() / 1000))
      let scores = record.scores.filter { $0.key == "loss" || $0.key == watch }
        .sorted { $0.key < $1.key }
        .map { "valid \($0.key) \($0.value.rounded(to: 4))" }
      let parts =
        ["epoch \(record.epoch)", "loss \(record.loss.rounded(to: 4))"] + scores
        + ["rate \(record.rate.rounded(to: 6))", "\(seconds.rounded(to: 1)) s"]
      work.say(parts.joined(separator: "  ") + (isBest ? "  *" : ""))
    }
  }

  /// Leaves the summary of a finished training.
  func summarise(_ history: History, reason: FitResult.EndReason, epochs: Int) {
    guard let first = history.epochs.first, let last = history.epochs.last else { return }
    var text = firstEpoch > 1 ? "epochs \(firstEpoch)–\(last.epoch)" : "epochs 1–\(last.epoch)"
    text += " of \(epochs)   loss \(first.loss.rounded(to: 3)) → \(last.loss.rounded(to: 3))"
    if reason == .patience { text += "   (no better score: stopped early)" }
    if reason == .rate { text += "   (learning rate at its minimum)" }
    if isResumed { text += "   (resumed)" }
    work.summarise(text)
    work.note("epoch-seconds", .array(seconds))
  }
}

extension Double {
  /// The number with at most so many decimal places.
  func rounded(to places: Int) -> Double {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    return (self * scale).rounded() / scale
  }
}
