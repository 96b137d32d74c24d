import Chains
import Datasets
import Diagnostics
import Formats
import Metrics
import ModelKinds
import Pipelines
import Text

/// Scores a classifier on labelled rows.
struct ClassificationScoring {
  let from: StageInput
  let model: StoredModel
  /// The rows that the model was trained on; nil where they are not known.
  let train: StageInput?
  /// The metrics that are computed.
  let metrics: [Metric]

  /// Writes the scores, and a table with the answer to each row.
  func run(
    _ work: StageWork, scores scoresPort: Port, predictions predictionsPort: Port
  ) throws(Diagnostic) -> StageOutcome {
    let classifier = try model.classifier()
    let dataset = try Dataset(SafetensorsFile(try work.map(from)))
    let names = dataset.classNames
    guard names == model.texts.classNames, !dataset.labels.isEmpty, classifier.reads(dataset)
    else { throw Diagnostic(.otherData("\(from.source)", model.name)) }
    var predictions = Predictions()
    var rows = ClassifiedRows(classCount: names.count)
    var answers = ProbabilityTally(rowCount: dataset.count, classCount: names.count)
    let tally = try ClassificationTally(classifier, on: dataset, cores: work.cores) {
      row, probabilities, predicted in
      let truth = Int(dataset.labels[row])
      rows.append(
        true: truth, predicted: predicted, probability: Double(probabilities[truth]))
      answers.add(probabilities, true: truth, predicted: predicted)
      predictions.append(
        Predictions.Row(
          origin: Origin(line: Int(clamping: max(1, dataset.rowNumbers[row]))),
          label: names[truth], predicted: names[predicted],
          probability: Double(probabilities[predicted])))
    }
    let scores = ClassificationReport(
      tally: tally, rows: rows, answers: answers,
      baselines: try baselines(on: dataset, in: work), classNames: names, metrics: metrics)
    try work.commit(scores.json.pretty + "\n", to: scoresPort)
    try predictions.write(to: predictionsPort, in: work)
    work.summarise(scores.summary)
    return .finished
  }

  private func baselines(
    on rows: Dataset, in work: StageWork
  ) throws(Diagnostic) -> ClassificationBaselines? {
    guard let train else { return nil }
    return try ClassificationBaselines(
      train: Dataset(SafetensorsFile(try work.map(train))), test: rows,
      chain: model.texts.source, cores: work.cores)
  }
}

extension Diagnostic.Message {
  fileprivate static func otherData(_ data: String, _ model: String) -> Self {
    Self(
      "'\(data)' was not made for '\(model)': its classes or its vocabulary are others",
      remedy: "score on a part of the split that the model was trained on")
  }
}
