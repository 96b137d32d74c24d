import Artifacts
import Diagnostics
import Pipelines
import Reports
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
            "epoch \(progress.epoch) of \(progress.epochs)  loss \(Spelling.rounded(progress.loss, places: 3))"
            + "  \(Spelling.count(Int(progress.rowsPerSecond.rounded()))) rows/s",
          secondsLeft: progress.secondsLeft))
    case .epoch(let record, let isBest, let seconds):
      self.seconds.append(.number((seconds * 1000).rounded() / 1000))
      let scores = record.scores.filter { $0.key == "loss" || $0.key == watch }
        .sorted { $0.key < $1.key }
        .map { "valid \($0.key) \(Spelling.rounded($0.value, places: 4))" }
      let parts =
        ["epoch \(record.epoch)", "loss \(Spelling.rounded(record.loss, places: 4))"] + scores
        + [
          "rate \(Spelling.rounded(record.rate, places: 6))",
          "\(Spelling.rounded(seconds, places: 1)) s",
        ]
      work.say(parts.joined(separator: "  ") + (isBest ? "  *" : ""))
    }
  }

  /// Leaves the summary of a finished training.
  func summarise(_ history: History, reason: FitResult.EndReason, epochs: Int) {
    guard let first = history.epochs.first, let last = history.epochs.last else { return }
    var text = firstEpoch > 1 ? "epochs \(firstEpoch)–\(last.epoch)" : "epochs 1–\(last.epoch)"
    text +=
      " of \(epochs)   loss \(Spelling.rounded(first.loss, places: 3)) → \(Spelling.rounded(last.loss, places: 3))"
    if reason == .patience { text += "   (no better score: stopped early)" }
    if reason == .rate { text += "   (learning rate at its minimum)" }
    if isResumed { text += "   (resumed)" }
    work.summarise(text)
    work.note("epoch-seconds", .array(seconds))
  }
}
