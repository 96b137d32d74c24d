import Artifacts
import Metrics
import Reports

/// A classifier's scores as they are stored.
struct ClassificationReport {
  let tally: ClassificationTally
  let classNames: [String]

  var summary: String {
    let confusion = tally.confusion
    return "accuracy \(Spelling.rounded(confusion.accuracy, places: 4))  "
      + "macro-F1 \(Spelling.rounded(confusion.average(.macro).f1, places: 4))  "
      + "micro-F1 \(Spelling.rounded(confusion.average(.micro).f1, places: 4))  "
      + "weighted-F1 \(Spelling.rounded(confusion.average(.weighted).f1, places: 4))"
  }

  /// One flat object for scripts, with the classes and the confusion matrix behind.
  var json: JSONValue {
    let confusion = tally.confusion
    var members: [JSONValue.Member] = [
      .init("accuracy", .number(confusion.accuracy))
    ]
    for averaging in Averaging.allCases {
      let scores = confusion.average(averaging)
      members += [
        .init("\(averaging.rawValue)-f1", .number(scores.f1)),
        .init("\(averaging.rawValue)-precision", .number(scores.precision)),
        .init("\(averaging.rawValue)-recall", .number(scores.recall)),
      ]
    }
    members.append(.init("log-loss", .number(tally.logLoss.value)))
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

  private func classJSON(_ label: Int) -> JSONValue {
    let scores = tally.confusion.scores(of: label)
    return [
      "class": .string(classNames[label]), "precision": .number(scores.precision),
      "recall": .number(scores.recall), "f1": .number(scores.f1),
      "support": .integer(tally.confusion.trueCount(label)),
    ]
  }

  /// How often rows of a class were given each class.
  private func confusionRow(_ label: Int) -> JSONValue {
    .array(classNames.indices.map { .integer(tally.confusion[true: label, predicted: $0]) })
  }
}
