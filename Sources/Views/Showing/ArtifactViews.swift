import Artifacts
import Chains
import Diagnostics
import Pipelines

/// The view of every artifact type; a new type is one file beside this and one line here.
package enum ArtifactViews {
  private struct Entry: Sendable {
    /// Whether single rows can be picked out.
    var hasRows = false
    let read: @Sendable (ShownArtifact) throws(Diagnostic) -> any ArtifactView
  }

  private static let entries: [ArtifactType: Entry] = [
    .table: Entry(hasRows: true) { (artifact) throws(Diagnostic) in try TableView(artifact) },
    .merges: Entry(hasRows: true) { (artifact) throws(Diagnostic) in try MergesView(artifact) },
    .vocabulary: Entry(hasRows: true) { (artifact) throws(Diagnostic) in
      try VocabularyView(artifact)
    },
    .dictionary: Entry(hasRows: true) { (artifact) throws(Diagnostic) in
      try VocabularyView(artifact)
    },
    .length: Entry { (artifact) throws(Diagnostic) in try LengthView(artifact) },
    .dataset: Entry(hasRows: true) { (artifact) throws(Diagnostic) in try DatasetView(artifact) },
    .model: Entry { (artifact) throws(Diagnostic) in try ModelView(artifact) },
    .history: Entry { (artifact) throws(Diagnostic) in try HistoryView(artifact) },
    .checkpoint: Entry { (artifact) throws(Diagnostic) in try CheckpointView(artifact) },
    .scores: Entry { (artifact) throws(Diagnostic) in try ScoresView(artifact) },
  ]

  /// Every artifact type that has a view.
  package static var types: Set<ArtifactType> { Set(entries.keys) }

  /// Reads an artifact for showing.
  ///
  /// - Throws: when it is damaged, has no view, or has no rows to pick from.
  package static func view(of artifact: ShownArtifact) throws(Diagnostic) -> any ArtifactView {
    let type = artifact.output.type
    guard let entry = entries[ArtifactType(type)] else { throw Diagnostic(.noView(type)) }
    guard entry.hasRows || !artifact.selection.isNarrow else { throw Diagnostic(.noRows(type)) }
    return try entry.read(artifact)
  }
}

extension Diagnostic.Message {
  fileprivate static func noView(_ type: String) -> Self {
    Self("artifacts of type '\(type)' cannot be shown", remedy: "--raw writes the bytes")
  }

  fileprivate static func noRows(_ type: String) -> Self {
    Self(
      "an artifact of type '\(type)' has no rows to pick from",
      remedy: "leave out --row and --grep, or name a table, a dataset, a vocabulary or merges")
  }
}
