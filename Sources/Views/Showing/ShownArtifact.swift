import Artifacts
import Diagnostics
import Digests
import Files
import Formats
import Pipelines

/// One output of a stage, with its record and, if known, the stage.
package struct ShownArtifact: Sendable {
  package let output: RecordedOutput
  package let record: Record
  /// Nil when there is no definition.
  package let stage: (any Stage)?
  package let store: ArtifactStore
  package let selection: RowSelection
  /// The origins of its rows; nil when there is no definition.
  package let origins: ShownOrigins?

  package init(
    _ output: RecordedOutput, of record: Record, by stage: (any Stage)? = nil,
    in store: ArtifactStore,
    _ selection: RowSelection = RowSelection(), origins: ShownOrigins? = nil
  ) {
    self.output = output
    self.record = record
    self.stage = stage
    self.store = store
    self.selection = selection
    self.origins = origins
  }

  /// The value of a line of the key.
  package func keyValue(_ name: String) -> String? { record.keyValue(name) }

  /// The artifact that filled an input of the stage.
  package func digest(ofInput name: String) -> Digest? {
    keyValue(name).flatMap(StageKey.digest)
  }

  func tensors() throws(Diagnostic) -> SafetensorsFile {
    try SafetensorsFile(try store.open(output.digest))
  }

  /// The artifact's bytes as JSON.
  func storedJSON() throws(Diagnostic) -> JSONValue {
    try JSONValue(parsing: try store.open(output.digest).contents, file: output.port)
  }
}

/// Which rows of an artifact are wanted.
package struct RowSelection: Hashable, Sendable {
  /// How many rows are shown at most.
  package var limit: Int
  /// The one row that is wanted, counted from 1.
  package var row: Int?
  /// What rows must contain, letter for letter.
  package var text: String?
  /// The rows of a classifier's predictions that are wanted.
  package var predictions: PredictionSelection?
  /// The text whose nearest rows are wanted.
  package var near: String?

  package init(
    limit: Int = 5, row: Int? = nil, text: String? = nil, predictions: PredictionSelection? = nil,
    near: String? = nil
  ) {
    self.limit = limit
    self.row = row
    self.text = text
    self.predictions = predictions
    self.near = near
  }

  /// Whether some rows are wanted and nothing else.
  package var isNarrow: Bool { row != nil || text != nil || predictions != nil || near != nil }

  /// The options of `show` by which it is narrow.
  var optionNames: [String] {
    [row.map { _ in "--row" }, text.map { _ in "--grep" }, near.map { _ in "--near" }]
      .compactMap(\.self) + (predictions?.optionNames ?? [])
  }
}
