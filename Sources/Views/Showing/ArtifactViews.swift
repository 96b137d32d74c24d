import Artifacts
import Chains
import Diagnostics
import Pipelines

/// How each content is shown and compared; a new one is a file for each beside this, and a case here.
package enum ArtifactViews {
  private struct Entry {
    /// Whether single rows can be picked out.
    var hasRows = false
    let read: (ShownArtifact) throws(Diagnostic) -> any ArtifactView
    let compare: (ComparedArtifacts) throws(Diagnostic) -> any ArtifactView
  }

  private static func entry(for content: ArtifactContent) -> Entry {
    switch content {
    case .table: Entry(hasRows: true, read: TableView.init, compare: TableDifference.init)
    case .merges: Entry(hasRows: true, read: MergesView.init, compare: EntriesDifference.init)
    case .vocabulary, .dictionary:
      Entry(hasRows: true, read: VocabularyView.init, compare: EntriesDifference.init)
    case .dataset: Entry(hasRows: true, read: DatasetView.init, compare: DatasetDifference.init)
    case .features: Entry(read: FeaturesView.init, compare: TensorsDifference.init)
    case .encoder: Entry(read: ModelView.init(encoder:), compare: TensorsDifference.init)
    case .length: Entry(read: LengthView.init, compare: ValuesDifference.init)
    case .history: Entry(read: HistoryView.init, compare: ValuesDifference.init)
    case .scores: Entry(read: ScoresView.init, compare: ValuesDifference.init)
    case .model: Entry(read: ModelView.init(_:), compare: TensorsDifference.init)
    case .checkpoint: Entry(read: CheckpointView.init, compare: TensorsDifference.init)
    }
  }

  /// Reads an artifact for showing.
  ///
  /// - Throws: when it is damaged, has no view, or has no rows to pick from.
  package static func view(of artifact: ShownArtifact) throws(Diagnostic) -> any ArtifactView {
    let type = artifact.output.type
    guard let content = artifact.output.content else { throw Diagnostic(.noView(type)) }
    if let text = artifact.selection.near {
      guard content == .features else { throw Diagnostic(.noNearRows(type)) }
      return try NearestRows(to: text, in: artifact)
    }
    let entry = entry(for: content)
    guard entry.hasRows || !artifact.selection.isNarrow else {
      throw Diagnostic(.noRows(type, artifact.selection))
    }
    if let predictions = artifact.selection.predictions {
      return try PredictionsView(artifact, predictions)
    }
    return try entry.read(artifact)
  }

  /// Compares two artifacts of one type; nil when there is no way to compare that type.
  package static func difference(
    of artifacts: ComparedArtifacts
  ) throws(Diagnostic) -> (any ArtifactView)? {
    guard let content = artifacts.a.content else { return nil }
    return try entry(for: content).compare(artifacts)
  }
}

extension Diagnostic.Message {
  fileprivate static func noView(_ type: String) -> Self {
    Self("artifacts of type '\(type)' cannot be shown", remedy: "--raw writes the bytes")
  }

  fileprivate static func noNearRows(_ type: String) -> Self {
    Self(
      "an artifact of type '\(type)' has no rows that are near to a text",
      remedy: "leave out --near, or name the features of an encode stage")
  }

  fileprivate static func noRows(_ type: String, _ selection: RowSelection) -> Self {
    let others =
      selection.predictions == nil
      ? "a table, a dataset, a vocabulary or merges" : "the predictions of an evaluate stage"
    return Self(
      "an artifact of type '\(type)' has no rows to pick from",
      remedy: "leave out \(selection.optionNames.joined(separator: " and ")), or name \(others)")
  }
}
