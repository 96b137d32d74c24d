import Artifacts
import Chains
import Datasets
import Diagnostics
import Files
import Formats
import Pipelines
import Tensors

/// A training as part of a pipeline: its rows, and how its model is stored.
package struct StagedTraining {
  package let work: StageWork
  package let from: StageInput
  package let valid: StageInput?

  package init(work: StageWork, from: StageInput, valid: StageInput?) {
    self.work = work
    self.from = from
    self.valid = valid
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
    _ artifact: ModelArtifact, _ weights: ParameterBuffer
  ) throws(Diagnostic) {
    var draft = try work.store.makeDraft()
    try artifact.write(weights, into: &draft)
    try work.commit(draft, to: Port(.model))
  }
}

extension Diagnostic.Message {
  fileprivate static func noLabels(_ dataset: String) -> Self {
    Self("'\(dataset)' has no labels to learn", remedy: "give load a label column")
  }
}
