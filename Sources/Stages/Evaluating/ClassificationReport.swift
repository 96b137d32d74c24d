import Diagnostics
import Formats
import Metrics
import ModelKinds
import Reports

/// A classifier's scores as they are stored.
struct ClassificationReport {
  let tally: ClassificationTally
  let classNames: [String]
  /// The metrics, in this order.
  let metrics: [Metric]

  private var confusion: ConfusionMatrix { tally.counts.confusion }

  var summary: String {
    metrics.compactMap { metric in
      tally.counts.value(of: metric).map { "\(metric.name) \(Spelling.score($0, of: metric.name))" }
    }.joined(separator: "  ")
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
    members.append(.init("rows", .integer(confusion.total)))
    if let majority = confusion.majorityClass {
      let baseline = confusion.baseline(alwaysPredicting: majority)
      members += [
        .init("majority-class", .string(classNames[majority])),
        .init("majority-accuracy", .number(baseline.accuracy)),
        .init("majority-macro-f1", .number(baseline.average(.macro).f1)),
      ]
    }
    members.append(.init("classes", .array(classNames.indices.map(classJSON))))
    members.append(.init("confusion", .array(classNames.indices.map(confusionRow))))
    return .object(members)
  }

  private func member(of metric: Metric) -> JSONValue.Member? {
    tally.counts.value(of: metric).map { .init(metric.name, .number($0)) }
  }

  private func classJSON(_ label: Int) -> JSONValue {
    let scores = confusion.scores(of: label)
    return [
      "class": .string(classNames[label]), "precision": .number(scores.precision),
      "recall": .number(scores.recall), "f1": .number(scores.f1),
      "support": .integer(confusion.trueCount(label)),
    ]
  }

  /// How often rows of a class were given each class.
  private func confusionRow(_ label: Int) -> JSONValue {
    .array(classNames.indices.map { .integer(confusion[true: label, predicted: $0]) })
  }
}
