import Artifacts
import Chains
import Datasets
import Diagnostics
import Digests
import Formats
import ModelKinds
import Models
import Pipelines

/// A stage that leaves out some rows of its input, and can tell why from stored artifacts.
package protocol LeavesRowsOut: Stage {
  /// Why a row was left out; nil when it was not.
  func reasonForLeavingOut(_ row: Int, of rows: ReadRows) throws(Diagnostic) -> String?

  /// The places of the rows that stayed; nil where rows can be matched by their origins.
  func keptRows(of rows: ReadRows) throws(Diagnostic) -> [Int]?
}

extension LeavesRowsOut {
  package func keptRows(of rows: ReadRows) throws(Diagnostic) -> [Int]? { nil }
}

/// The rows that a recorded stage read.
package struct ReadRows {
  package let output: RecordedOutput
  /// Of the stage that read them.
  package let record: Record
  package let store: ArtifactStore

  package init(output: RecordedOutput, record: Record, store: ArtifactStore) {
    self.output = output
    self.record = record
    self.store = store
  }

  /// The artifact behind a line of the stage's key.
  package func digest(ofInput name: String) -> Digest? {
    record.keyValue(name).flatMap(StageKey.digest(in:))
  }

  /// The pairs that a translator can read; nil when the model or the rows are something else.
  func readable(by model: Digest?) throws(Diagnostic) -> ReadablePairs? {
    guard let model, output.content == .dataset, try store.isIntact(model)
    else { return nil }
    let artifact = try ModelArtifact(
      SafetensorsFile(try store.open(model)), stages: .standard)
    guard let configuration = ConvS2S.Configuration(json: artifact.architecture) else { return nil }
    let rows = try Dataset(SafetensorsFile(try store.open(output.digest)))
    guard rows.columns.count == 2, rows.columns.allSatisfy({ $0.end != nil }) else { return nil }
    let lengths = 2...configuration.maximumLength
    return ReadablePairs(
      places: rows.pairs(sentenceLengths: lengths).map(Int.init), longest: lengths.upperBound)
  }
}

/// The pairs of a dataset whose sentences both have a length that a translator can read.
struct ReadablePairs {
  /// Ascending.
  let places: [Int]
  /// In tokens, the end of the sentence counted.
  let longest: Int

  func reasonForLeavingOut(_ row: Int) -> String? {
    places.contains(row)
      ? nil : "a sentence is empty or has over \(Spelling.count(longest)) tokens"
  }
}

extension Train: LeavesRowsOut {
  package func reasonForLeavingOut(_ row: Int, of rows: ReadRows) throws(Diagnostic) -> String? {
    let model = rows.record.output(holding: .model)?.digest
    return try rows.readable(by: model)?.reasonForLeavingOut(row)
  }
}

extension Evaluate: LeavesRowsOut {
  package func reasonForLeavingOut(_ row: Int, of rows: ReadRows) throws(Diagnostic) -> String? {
    guard rows.output.content?.isDataset ?? false else {
      return "only the best of several translations is scored"
    }
    return try rows.readable(by: rows.digest(ofInput: "model"))?.reasonForLeavingOut(row)
  }

  package func keptRows(of rows: ReadRows) throws(Diagnostic) -> [Int]? {
    try rows.readable(by: rows.digest(ofInput: "model"))?.places
  }
}
