import Diagnostics
import Formats
import Metrics
import ModelKinds
import Reports

/// A classifier's scores as they are stored.
struct ClassificationReport {
  let tally: ClassificationTally
  /// What each row was given, for intervals.
  let rows: ClassifiedRows
  let answers: ProbabilityTally
  /// What else was scored on the same rows; nil where no training rows are known.
  let baselines: ClassificationBaselines?
  /// The rows that were trained on too; nil where no training rows are known.
  let repeated: RepeatedRows?
  let classNames: [String]
  /// The metrics, in this order.
  let metrics: [Metric]

  private var confusion: ConfusionMatrix { tally.counts.confusion }

  var summary: String {
    let own = metrics.compactMap { metric in
      tally.counts.value(of: metric).map { "\(metric.name) \(Spelling.score($0, of: metric.name))" }
    }
    return (own + [baselineSummary].compactMap(\.self)).joined(separator: "  ")
  }

  /// What the baselines come to by the first metric that both have.
  private var baselineSummary: String? {
    guard let baselines else { return nil }
    for metric in metrics {
      guard let majority = majorityCounts(baselines).value(of: metric),
        case .confusion = metric.basis, let naive = baselines.naiveBayes.value(of: metric)
      else { continue }
      return "(\(metric.name) of naive Bayes \(Spelling.score(naive, of: metric.name)), of always"
        + " '\(classNames[baselines.majorityClass])' \(Spelling.score(majority, of: metric.name)))"
    }
    return nil
  }

  /// What always answering the commonest class would come to, but for the log-loss.
  private func majorityCounts(_ baselines: ClassificationBaselines) -> ClassificationCounts {
    var counts = ClassificationCounts(classCount: classNames.count)
    counts.confusion = confusion.baseline(alwaysPredicting: baselines.majorityClass)
    return counts
  }

  /// One flat object for scripts, with the classes and the confusion matrix at the end.
  var json: JSONValue {
    var members = [member(of: .accuracy)].compactMap(\.self)
    for averaging in Averaging.allCases {
      let scores = confusion.average(averaging)
      members += [
        .init("\(averaging.rawValue)-f1", .number(scores.f1)),
        .init("\(averaging.rawValue)-precision", .number(scores.precision)),
        .init("\(averaging.rawValue)-recall", .number(scores.recall)),
      ]
    }
    members += ([.logLoss] + metrics.filter { !$0.isStandard }).compactMap(member)
    members += intervals
    members.append(.init("calibration-error", .number(answers.calibration.error)))
    members.append(.init("rows", .integer(confusion.total)))
    if let repeated { members.append(.init("rows-also-in-train", .integer(repeated.count))) }
    if let baselines { members += self.members(of: baselines) }
    members.append(.init("classes", .array(classNames.indices.map(classJSON))))
    members.append(.init("confusion", .array(classNames.indices.map(confusionRow))))
    members.append(.init("calibration", CalibrationBins(answers.calibration).json))
    return .object(members)
  }

  /// The mean and half the width of what 95 % of resampled rows score, as for translations.
  private var intervals: [JSONValue.Member] {
    let intervals = Resampling().intervals(of: rows, by: metrics)
    return zip(metrics, intervals).flatMap { metric, interval -> [JSONValue.Member] in
      guard let interval else { return [] }
      return [
        .init("\(metric.name)-mean", .number(interval.mean)),
        .init("\(metric.name)-interval", .number(interval.halfWidth)),
      ]
    }
  }

  private func members(of baselines: ClassificationBaselines) -> [JSONValue.Member] {
    let majority = majorityCounts(baselines).confusion
    return [
      .init("majority-class", .string(classNames[baselines.majorityClass])),
      .init("majority-accuracy", .number(majority.accuracy)),
      .init("majority-macro-f1", .number(majority.average(.macro).f1)),
    ]
      + Metric.ofClasses.filter(\.isStandard).compactMap { metric in
        baselines.naiveBayes.value(of: metric).map {
          .init(BaselineScores.naiveBayesName(of: metric.name), .number($0))
        }
      }
  }

  private func member(of metric: Metric) -> JSONValue.Member? {
    tally.counts.value(of: metric).map { .init(metric.name, .number($0)) }
  }

  private func classJSON(_ label: Int) -> JSONValue {
    let scores = confusion.scores(of: label)
    let curve = answers.curve(of: label, truth: rows.truth)
    return [
      "class": .string(classNames[label]), "precision": .number(scores.precision),
      "recall": .number(scores.recall), "f1": .number(scores.f1),
      "support": .integer(confusion.trueCount(label)),
      "average-precision": curve.map { .number($0.averagePrecision) } ?? .null,
      "precision-at-recall": curve.map { .array($0.precisions.map { .number($0) }) } ?? .null,
    ]
  }

  /// How often rows of a class were given each class.
  private func confusionRow(_ label: Int) -> JSONValue {
    .array(classNames.indices.map { .integer(confusion[true: label, predicted: $0]) })
  }
}
