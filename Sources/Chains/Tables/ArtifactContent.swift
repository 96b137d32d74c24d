import Artifacts
import Pipelines

/// What an artifact holds, of those that this program's stages make.
package enum ArtifactContent: String, CaseIterable, Sendable {
  /// Rows of named text; tab-separated, with the line each row came from.
  case table
  /// Byte-pair merges, as subword-nmt writes them.
  case merges
  /// Tokens and their counts, in the order of their ids.
  case vocabulary
  /// A vocabulary as fairseq's `dict.txt`.
  case dictionary
  /// How long rows are made, as JSON.
  case length
  /// Token ids, lengths and labels, as safetensors.
  case dataset
  /// A dataset with a vector of an encoder for each row.
  case features
  /// A pre-trained encoder and the chain from raw text to its ids, as safetensors.
  case encoder
  /// Weights and the whole chain from raw text to label, as safetensors.
  case model
  /// What training went through, epoch by epoch, as JSON.
  case history
  /// All that is needed to train on, as safetensors.
  case checkpoint
  /// Scores, as JSON.
  case scores
}

extension ArtifactContent {
  /// Whether it holds rows of ids, which are known by the lines they were loaded from.
  package var isDataset: Bool { self == .dataset || self == .features }
}

extension ArtifactType {
  private init(_ content: ArtifactContent) { self.init(content.rawValue) }

  package static let table = Self(.table)
  package static let merges = Self(.merges)
  package static let vocabulary = Self(.vocabulary)
  package static let dictionary = Self(.dictionary)
  package static let length = Self(.length)
  package static let dataset = Self(.dataset)
  package static let features = Self(.features)
  package static let encoder = Self(.encoder)
  package static let model = Self(.model)
  package static let history = Self(.history)
  package static let checkpoint = Self(.checkpoint)

  /// Nil for the type of a stage that this program does not ship.
  package var content: ArtifactContent? { ArtifactContent(rawValue: name) }
}

extension RecordedOutput {
  /// Nil for what no stage of this program makes.
  package var content: ArtifactContent? { ArtifactContent(rawValue: type) }
}

extension Record {
  /// The first output that holds it.
  package func output(holding content: ArtifactContent) -> RecordedOutput? {
    outputs.first { $0.content == content }
  }
}
