import Artifacts
import Diagnostics
import Reports
import Training

/// A training, epoch by epoch, with its curve and its best epoch.
struct HistoryView: ArtifactView {
  let history: History
  let monitor: Monitor
  /// The seconds of the last epochs, those of the run that the record is of.
  let seconds: [Double]
  /// The tokens a second of the same epochs; of pairs, those of the target.
  let speeds: [Double]

  init(_ artifact: ShownArtifact) throws(Diagnostic) {
    guard let history = History(json: try artifact.storedJSON()) else {
      throw Diagnostic(.notAHistory(artifact.output.port))
    }
    self.history = history
    monitor = Monitor(score: artifact.keyValue("watch") ?? "loss")
    let facts = JSONValue.object(artifact.record.facts)
    seconds = facts["epoch-seconds"]?.arrayValue?.compactMap(\.doubleValue) ?? []
    speeds = facts["epoch-tokens-per-second"]?.arrayValue?.compactMap(\.doubleValue) ?? []
  }

  /// What of a list of the last epochs' figures belongs to an epoch; nil for those of earlier runs.
  func figure(ofEpoch index: Int, in figures: [Double]) -> Double? {
    let first = history.epochs.count - figures.count
    return index >= first ? figures[index - first] : nil
  }

  /// The best epoch's place among the epochs.
  var best: Int? { monitor.best(in: history.epochs) }

  private var headline: String {
    guard let first = history.epochs.first, let last = history.epochs.last else {
      return "no epoch has ended"
    }
    var text = Spelling.count(history.epochs.count, "epoch")
    text +=
      ", training loss \(Spelling.fixed(first.loss, places: 3))"
      + " → \(Spelling.fixed(last.loss, places: 3))"
    guard let best, let value = monitor.value(of: history.epochs[best]) else { return text }
    let name = history.epochs[best].scores.isEmpty ? monitor.score : "valid \(monitor.score)"
    return text
      + "; best epoch \(history.epochs[best].epoch) (\(name) \(Spelling.fixed(value, places: 4)))"
  }

  func summary(width: Int) -> [String] {
    headline.wrapped(to: width) + curve(width: width, height: 6)
  }

  func text(width: Int) -> [String] {
    [headline, ""] + curve(width: width, height: 10) + [""] + table(width: width)
  }

  private func curve(width: Int, height: Int) -> [String] {
    let epochs = history.epochs
    let watched = monitor.score == "loss" ? "accuracy" : monitor.score
    return LearningCurve(
      epochs: epochs.map(\.epoch),
      [
        [
          .init("training loss", epochs.map(\.loss)),
          .init("validation loss", epochs.map { $0.scores["loss"] }),
        ].filter { $0.values.contains { $0 != nil } },
        [.init("validation \(watched)", epochs.map { $0.scores[watched] })],
      ]
    ).lines(width: width, height: height)
  }

  var json: JSONValue {
    [
      "watch": .string(monitor.score),
      "best-epoch": best.map { .integer(history.epochs[$0].epoch) } ?? .null,
      "epochs": history.json,
      "seconds": .array(history.epochs.indices.map { figure(ofEpoch: $0, in: seconds).json }),
      "tokens-per-second": .array(
        history.epochs.indices.map { figure(ofEpoch: $0, in: speeds).json }),
    ]
  }
}

extension Double? {
  fileprivate var json: JSONValue { map { .number($0) } ?? .null }
}

extension Diagnostic.Message {
  fileprivate static func notAHistory(_ name: String) -> Self {
    Self("'\(name)' is no history of a training", remedy: "train again with this version")
  }
}
