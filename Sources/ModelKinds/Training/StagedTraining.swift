import Artifacts
import Chains
import Datasets
import Diagnostics
import Files
import Formats
import Metrics
import Pipelines
import Reports

/// A training as part of a pipeline: its rows, and how its model is stored.
package struct StagedTraining {
  package let work: StageWork
  package let from: StageInput
  package let valid: StageInput?
  /// The kinds of models that this one may be made of.
  package let models: ModelCatalog

  package init(work: StageWork, from: StageInput, valid: StageInput?, models: ModelCatalog) {
    self.work = work
    self.from = from
    self.valid = valid
    self.models = models
  }

  /// The rows to learn from.
  package func rows() throws(Diagnostic) -> Dataset {
    try Dataset(SafetensorsFile(try work.map(from)))
  }

  /// The rows to learn from, which must have labels.
  package func labelledRows() throws(Diagnostic) -> Dataset {
    let rows = try rows()
    guard !rows.classNames.isEmpty else { throw Diagnostic(.noLabels("\(from.source)")) }
    return rows
  }

  /// The rows that decide which epoch is best, if there are any.
  package func validRows() throws(Diagnostic) -> Dataset? {
    guard let valid else { return nil }
    return try Dataset(SafetensorsFile(try work.map(valid)))
  }

  /// The rows to validate on, if there are any, which must have the labels of those to learn from.
  package func labelledValidRows(like rows: Dataset) throws(Diagnostic) -> Dataset? {
    guard let valid, let validRows = try validRows() else { return nil }
    guard validRows.classNames == rows.classNames,
      validRows.columns[0].vocabularySize == rows.columns[0].vocabularySize
    else { throw Diagnostic(.otherLabels("\(valid.source)", "\(from.source)")) }
    return validRows
  }

  /// Scores a trained classifier on the rows to validate on, for the summary and the record.
  package func validate(
    _ classifier: some TrainedClassifier, on rows: Dataset
  ) throws(Diagnostic) -> [String] {
    let counts = try ClassificationTally(classifier, on: rows, cores: work.cores).counts
    return [Metric.macroF1, .accuracy].compactMap { metric in
      counts.value(of: metric).map { value in
        work.note("valid-\(metric.name)", .number(value))
        return "valid \(metric.name) \(Spelling.score(value, of: metric.name))"
      }
    }
  }

  /// The chain from raw text to the ids of a column of the rows.
  package func chain(column: String) throws(Diagnostic) -> TextChain {
    guard let lineage = work.lineage(of: from) else {
      preconditionFailure("\(from.source) has no lineage")
    }
    return try TextChain(gatheredFrom: lineage, column: column) {
      (digest) throws(Diagnostic) in try work.map(digest).contents
    }
  }

  /// Stores the trained model.
  package func commit(
    _ artifact: ModelArtifact, _ tensors: some ModelTensors
  ) throws(Diagnostic) {
    var draft = try work.store.makeDraft()
    try artifact.write(tensors, into: &draft)
    try work.commit(draft, to: Port(.model))
  }
}

extension Diagnostic.Message {
  fileprivate static func otherLabels(_ valid: String, _ train: String) -> Self {
    Self(
      "'\(valid)' has other classes or another vocabulary than '\(train)'",
      remedy: "let one binarize stage make both, from the parts of one split")
  }

  fileprivate static func noLabels(_ dataset: String) -> Self {
    Self("'\(dataset)' has no labels to learn", remedy: "give load a label column")
  }
}
