import Artifacts
import Diagnostics
import Formats
import Layers
import Metrics
import Reports
import Training

/// A training, epoch by epoch, with its curve and its best epoch.
struct HistoryView: ArtifactView {
  let history: History
  let monitor: Monitor
  /// The seconds of the last epochs, which the run of the record has trained.
  let seconds: [Double]
  /// The epochs whose weights' mean is the model, and how it scores; empty where one epoch's are.
  let averaged: [Int]
  let averagedScores: [String: Double]
  /// A remark after losses that include label smoothing.
  let lossRemark: String
  /// The tokens a second of the same epochs; of pairs, those of the target.
  let speeds: [Double]

  init(_ artifact: ShownArtifact) throws(Diagnostic) {
    guard let history = History(json: try artifact.storedJSON()) else {
      throw Diagnostic(.notAHistory(artifact.output.port))
    }
    self.history = history
    monitor = Monitor(score: artifact.keyValue("watch") ?? "loss")
    let facts = JSONValue.object(artifact.record.facts)
    averaged = facts["averaged-epochs"]?.arrayValue?.compactMap(\.intValue) ?? []
    let members = facts["averaged-scores"]?.objectValue ?? []
    averagedScores = Dictionary(
      members.compactMap { member in member.value.doubleValue.map { (member.name, $0) } },
      uniquingKeysWith: { first, _ in first })
    let smoothing = facts["smoothing"]?.stringValue ?? LabelSmoothing(0).formula
    lossRemark = smoothing == LabelSmoothing(0).formula ? "" : " (smoothed)"
    seconds = facts["epoch-seconds"]?.arrayValue?.compactMap(\.doubleValue) ?? []
    speeds = facts["epoch-tokens-per-second"]?.arrayValue?.compactMap(\.doubleValue) ?? []
  }

  /// The figure of an epoch in a list for the last epochs; nil for an epoch of an earlier run.
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
      ", training loss \(Spelling.score(first.loss, of: "loss"))"
      + " → \(Spelling.score(last.loss, of: "loss"))\(lossRemark)"
    let best = best.flatMap { place in
      monitor.value(of: history.epochs[place]).map { value in
        "epoch \(history.epochs[place].epoch) (\(watched(value)))"
      }
    }
    guard !averaged.isEmpty else { return text + (best.map { "; best \($0)" } ?? "") }
    let list = averaged.map(String.init).joined(separator: ", ")
    let score = averagedScores[monitor.score].map { " (\(watched($0)))" } ?? ""
    return text + "; the model is the mean of epochs \(list)\(score)"
      + (best.map { "; best single \($0)" } ?? "")
  }

  /// `valid macro-f1 0.8750`.
  private func watched(_ value: Double) -> String {
    let isValid = history.epochs.contains { !$0.scores.isEmpty }
    return (isValid ? "valid " : "")
      + "\(monitor.score) \(Spelling.score(value, of: monitor.score))"
      + (monitor.score == "loss" ? lossRemark : "")
  }

  /// The mark of an epoch whose weights are the model, or part of the mean.
  func mark(ofEpoch index: Int) -> String {
    guard averaged.isEmpty else {
      return averaged.contains(history.epochs[index].epoch) ? "← in the mean" : ""
    }
    return index == best ? "← best" : ""
  }

  func summary(width: Int) -> [String] {
    headline.wrapped(to: width) + curve(width: width, height: 6)
  }

  func text(width: Int) -> [String] {
    [headline, ""] + curve(width: width, height: 10) + [""] + table(width: width)
  }

  private func curve(width: Int, height: Int) -> [String] {
    let epochs = history.epochs
    let watched = monitor.score == "loss" ? otherScore : monitor.score
    return LearningCurve(
      epochs: epochs.map(\.epoch),
      [
        [
          .init("training loss\(lossRemark)", epochs.map(\.loss)),
          .init("validation loss\(lossRemark)", epochs.map { $0.scores["loss"] }),
        ].filter { $0.values.contains { $0 != nil } },
        [.init("validation \(watched)", epochs.map { $0.scores[watched] })],
      ]
    ).lines(width: width, height: height)
  }

  /// The most important score besides the loss.
  private var otherScore: String {
    let names = Set(history.epochs.flatMap(\.scores.keys))
    let metric = Metric.all.first { names.contains($0.name) && !$0.name.hasSuffix("loss") }
    return metric?.name ?? Metric.accuracy.name
  }

  var json: JSONValue {
    [
      "watch": .string(monitor.score),
      "best-epoch": best.map { .integer(history.epochs[$0].epoch) } ?? .null,
      "averaged-epochs": .array(averaged.map { .integer($0) }),
      "averaged-scores": .object(
        averagedScores.sorted { $0.key < $1.key }.map { .init($0.key, .number($0.value)) }),
      "loss-is-smoothed": .bool(!lossRemark.isEmpty),
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
