import Diagnostics
import Formats
import Models
import Tensors

extension Encoder.Configuration {
  /// What the `config.json` of Hugging Face's transformers says, for BERT and DistilBERT.
  ///
  /// Whatever would change what the network computes, and is not known here, is refused by its name.
  /// The ids of [CLS] and [SEP] are not in there, but in the vocabulary: they stay those of BERT's.
  ///
  /// - Parameter file: the name of the file, for errors.
  package init(huggingFace json: JSONValue, file: String) throws(Diagnostic) {
    guard json.objectValue != nil else { throw Diagnostic(.noObject(file)) }
    var reading = EncoderConfigurationReading(json, file: file)
    let family = try reading.family()
    let names = EncoderConfigurationNames(family)
    self.init(
      vocabularySize: try reading.size("vocab_size", in: 1...10_000_000),
      classCount: try reading.classCount())
    self.family = family
    width = try reading.size(names.width, in: 1...65_536)
    layerCount = try reading.size(names.layerCount, in: 1...1_024)
    headCount = try reading.size(names.headCount, in: 1...65_536)
    guard width % headCount == 0 else {
      throw Diagnostic(.uneven(file, names.width, width, names.headCount, headCount))
    }
    innerWidth = try reading.size(names.innerWidth, in: 1...1_048_576)
    positionCount = try reading.size("max_position_embeddings", in: 3...1_000_000)
    activation = try reading.activation(names.activation)
    dropout.hidden = try reading.share(names.hiddenDropout) ?? 0.1
    dropout.attention = try reading.share(names.attentionDropout) ?? 0.1
    let own = try reading.share(names.classifierDropout)
    switch family {
    case .bert:
      segmentCount = try reading.size("type_vocab_size", in: 0...1_000, default: 2)
      normEpsilon = try reading.positive("layer_norm_eps") ?? 1e-12
      dropout.classifier = own ?? dropout.hidden
    case .distilBERT:
      segmentCount = 0
      dropout.classifier = own ?? 0.2
    }
    initialDeviation = try reading.positive("initializer_range") ?? 0.02
    padding = try reading.size("pad_token_id", in: 0...vocabularySize - 1, default: 0)
    try reading.refuseOthers()
  }

  /// Makes sure that a vocabulary has an entry for each row of the table of words.
  ///
  /// - Parameter file: what holds the vocabulary.
  package func requireVocabulary(count: Int, file: String) throws(Diagnostic) {
    guard count == vocabularySize else {
      throw Diagnostic(.otherVocabulary(file, count, wanted: vocabularySize))
    }
  }
}

/// The names of numbers that the two families call differently.
private struct EncoderConfigurationNames {
  let width: String
  let layerCount: String
  let headCount: String
  let innerWidth: String
  let activation: String
  let hiddenDropout: String
  let attentionDropout: String
  let classifierDropout: String

  init(_ family: Encoder.Family) {
    switch family {
    case .bert:
      (width, layerCount, headCount) = ("hidden_size", "num_hidden_layers", "num_attention_heads")
      (innerWidth, activation) = ("intermediate_size", "hidden_act")
      (hiddenDropout, attentionDropout) = ("hidden_dropout_prob", "attention_probs_dropout_prob")
      classifierDropout = "classifier_dropout"
    case .distilBERT:
      (width, layerCount, headCount) = ("dim", "n_layers", "n_heads")
      (innerWidth, activation) = ("hidden_dim", "activation")
      (hiddenDropout, attentionDropout) = ("dropout", "attention_dropout")
      classifierDropout = "seq_classif_dropout"
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func noObject(_ file: String) -> Self {
    Self("'\(file)' is not a JSON object", remedy: "give the config.json of the encoder's folder")
  }

  fileprivate static func uneven(
    _ file: String, _ width: String, _ values: Int, _ heads: String, _ count: Int
  ) -> Self {
    Self(
      "'\(file)': \(width) = \(values) is no multiple of \(heads) = \(count)",
      remedy: "give the config.json as it was published")
  }

  fileprivate static func otherVocabulary(_ file: String, _ count: Int, wanted: Int) -> Self {
    Self(
      "'\(file)' has \(count) entries, the encoder has \(wanted) (vocab_size in its config.json)",
      remedy: "give the vocabulary that was published with the encoder")
  }
}
