import Artifacts
import Datasets
import Diagnostics
import Metrics
import Models
import Pipelines
import Reports
import Tensors
import Text
import Training

/// Scores a model on rows it was not trained on.
struct Evaluate: Stage {
  static let kind = "evaluate"
  static let version = 1
  static let manual = """
    scores a model on held-out rows
    Accuracy, macro, micro and weighted F1, precision and recall of each class, the confusion
    matrix, the log-loss, and what always answering the commonest class would score. Everything is
    counted over all rows, never averaged over batches. The table predictions has a line per row.
    """
  static let role = StageRole.scores

  let from: StageInput
  let model: StageInput

  init(from options: inout StageOptions) {
    from = options.input("from", .dataset, "the rows to score on")
    model = options.input("model", .model, "the model to score")
  }

  var outputs: [Port] { [Port(.scores), Port("predictions", .table)] }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    _ = try OpenBLAS.load()
    let tensors = try SafetensorsFile(try work.map(model))
    let artifact = try ModelArtifact(tensors)
    guard let configuration = LSTMClassifier.Configuration(json: artifact.architecture) else {
      throw Diagnostic(.notAClassifier("\(model.source)"))
    }
    let dataset = try Dataset(SafetensorsFile(try work.map(from)))
    guard dataset.classNames == artifact.classNames, !dataset.labels.isEmpty,
      dataset.columns[0].vocabularySize == configuration.vocabularySize
    else { throw Diagnostic(.otherData("\(from.source)", "\(model.source)")) }
    let classifier = LSTMClassifier(configuration)
    let weights = try ParameterBuffer(classifier.layout, from: tensors)
    var rows = RowBatch(columnCount: 3)
    let names = dataset.classNames
    let tally = try ClassificationTally(classifier, weights, on: dataset, cores: work.cores) {
      row, probabilities, predicted in
      let probability = Spelling.rounded(Double(probabilities[predicted]), places: 6)
      let line = Int(clamping: max(1, dataset.rowNumbers[row]))
      rows.append(
        [names[Int(dataset.labels[row])], names[predicted], probability], Origin(line: line))
    }
    let scores = ClassificationReport(tally: tally, classNames: names)
    try work.commit(scores.json.pretty + "\n", to: outputs[0])
    var table = try work.newTable(["label", "predicted", "probability"])
    try table.append(rows)
    try work.commit(table, to: outputs[1])
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
