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
    let numbers = try dataset.rowNumbers()
    var predictions = Predictions()
    var rows = ClassifiedRows(classCount: names.count)
    var answers = ProbabilityTally(rowCount: dataset.count, classCount: names.count)
    let tally = try AnswerSpeed.measure(dataset.count, work) { () throws(Diagnostic) in
      try ClassificationTally(classifier, on: dataset, cores: work.cores) {
        row, probabilities, predicted in
        let truth = Int(dataset.labels[row])
        rows.append(
          true: truth, predicted: predicted, probability: Double(probabilities[truth]))
        answers.add(probabilities, predicted: predicted, isRight: predicted == truth)
        predictions.append(
          Predictions.Row(
            origin: Origin(line: Int(clamping: max(1, numbers[row]))),
            label: names[truth], predicted: names[predicted],
            probability: Double(probabilities[predicted])))
      }
    }
    var baselines: ClassificationBaselines?
    var repeated: RepeatedRows?
    if let train {
      let trained = try Dataset(SafetensorsFile(try work.map(train)))
      let chain = model.texts.source
      let vocabulary = try Vocabulary(lines: chain.vocabulary.span, file: chain.column)
      baselines = try ClassificationBaselines(
        train: trained, test: dataset, vocabulary: vocabulary, cores: work.cores)
      repeated = try RepeatedRows(of: dataset, in: trained, unknown: vocabulary.id(of: .unknown))
      if let repeated, repeated.isNotable, !comeFromOneSplit(from, train, work) {
        work.warn(.repeatedRows(repeated, of: "\(from.source)", in: "\(train.source)"))
      }
    }
    let scores = ClassificationReport(
      tally: tally, rows: rows, answers: answers, baselines: baselines, repeated: repeated,
      classNames: names, metrics: metrics)
    try work.commit(scores.json.pretty + "\n", to: scoresPort)
    try predictions.write(to: predictionsPort, in: work)
    work.summarise(scores.summary)
    return .finished
  }

  /// Whether the rows of both were dealt out by one split, which warns of rows that parts share.
  private func comeFromOneSplit(_ a: StageInput, _ b: StageInput, _ work: StageWork) -> Bool {
    let splits = [a, b].map { input in
      var lineage = work.lineage(of: input)
      while let stage = lineage, stage.kind != Split.kind { lineage = stage.sourceOfRows }
      return lineage?.key.digest
    }
    return splits[0] != nil && splits[0] == splits[1]
  }
}

extension Diagnostic.Message {
  fileprivate static func otherData(_ data: String, _ model: String) -> Self {
    Self(
      "'\(data)' was not made for '\(model)': its classes or its vocabulary are others",
      remedy: "score on a part of the split that the model was trained on")
  }
}
