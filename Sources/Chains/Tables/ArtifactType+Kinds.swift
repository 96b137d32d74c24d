import Pipelines

extension ArtifactType {
  /// Rows of named text; tab-separated, with the line each row came from.
  package static let table = Self("table")
  /// Byte-pair merges, as subword-nmt writes them.
  package static let merges = Self("merges")
  /// Tokens and their counts, in the order of their ids.
  package static let vocabulary = Self("vocabulary")
  /// A vocabulary as fairseq's `dict.txt`.
  package static let dictionary = Self("dictionary")
  /// How long rows are made, as JSON.
  package static let length = Self("length")
  /// Token ids, lengths and labels, as safetensors.
  package static let dataset = Self("dataset")
  /// Weights and the whole chain from raw text to label, as safetensors.
  package static let model = Self("model")
  /// What training went through, epoch by epoch, as JSON.
  package static let history = Self("history")
  /// All that is needed to train on, as safetensors.
  package static let checkpoint = Self("checkpoint")
  /// Scores, as JSON.
  package static let scores = Self("scores")
}
