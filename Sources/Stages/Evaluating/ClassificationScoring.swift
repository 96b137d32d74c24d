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
  /// What is told of it.
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
    var rows = RowBatch(columnCount: 3)
    let tally = try ClassificationTally(classifier, on: dataset, cores: work.cores) {
      row, probabilities, predicted in
      let probability = Spelling.rounded(Double(probabilities[predicted]), places: 6)
      let line = Int(clamping: max(1, dataset.rowNumbers[row]))
      rows.append(
        [names[Int(dataset.labels[row])], names[predicted], probability], Origin(line: line))
    }
    let scores = ClassificationReport(tally: tally, classNames: names, metrics: metrics)
    try work.commit(scores.json.pretty + "\n", to: scoresPort)
    var table = try work.newTable(["label", "predicted", "probability"])
    try table.append(rows)
    try work.commit(table, to: predictionsPort)
    work.summarise(scores.summary)
    return .finished
  }
}

extension Diagnostic.Message {
  fileprivate static func otherData(_ data: String, _ model: String) -> Self {
    Self(
      "'\(data)' was not made for '\(model)': its classes or its vocabulary are others",
      remedy: "score on a part of the split that the model was trained on")
  }
}
