import Formats
import Models
import Tensors

/// The `config.json` from which transformers makes an encoder with classes.
enum TransformersConfiguration {
  static let fileName = "config.json"

  static func json(of configuration: Encoder.Configuration, _ classNames: [String]) -> JSONValue {
    let numbered = classNames.enumerated().map { ($0.offset, $0.element) }
    var members: [JSONValue.Member] = [
      .init("architectures", .array([.string(architecture(configuration.family))])),
      .init("model_type", .string(configuration.family.rawValue)),
      .init("dtype", "float32"), .init("problem_type", "single_label_classification"),
      .init("vocab_size", .integer(configuration.vocabularySize)),
      .init("max_position_embeddings", .integer(configuration.positionCount)),
      .init("pad_token_id", .integer(configuration.padding)),
      .init("initializer_range", .number(Double(configuration.initialDeviation))),
      .init(
        "id2label", .object(numbered.map { .init("\($0.0)", .string($0.1)) })),
      .init("label2id", .object(numbered.map { .init($0.1, .integer($0.0)) })),
    ]
    members += configuration.family == .bert ? bert(configuration) : distilBERT(configuration)
    return .object(members)
  }

  private static func architecture(_ family: Encoder.Family) -> String {
    switch family {
    case .bert: "BertForSequenceClassification"
    case .distilBERT: "DistilBertForSequenceClassification"
    }
  }

  private static func bert(_ configuration: Encoder.Configuration) -> [JSONValue.Member] {
    [
      .init("hidden_size", .integer(configuration.width)),
      .init("num_hidden_layers", .integer(configuration.layerCount)),
      .init("num_attention_heads", .integer(configuration.headCount)),
      .init("intermediate_size", .integer(configuration.innerWidth)),
      .init("type_vocab_size", .integer(configuration.segmentCount)),
      .init("hidden_act", .string(activation(configuration.activation))),
      .init("layer_norm_eps", .number(decimal(configuration.normEpsilon))),
      .init("hidden_dropout_prob", .number(decimal(configuration.dropout.hidden))),
      .init("attention_probs_dropout_prob", .number(decimal(configuration.dropout.attention))),
      .init("classifier_dropout", .number(decimal(configuration.dropout.classifier))),
      .init("position_embedding_type", "absolute"),
    ]
  }

  private static func distilBERT(_ configuration: Encoder.Configuration) -> [JSONValue.Member] {
    [
      .init("dim", .integer(configuration.width)),
      .init("n_layers", .integer(configuration.layerCount)),
      .init("n_heads", .integer(configuration.headCount)),
      .init("hidden_dim", .integer(configuration.innerWidth)),
      .init("activation", .string(activation(configuration.activation))),
      .init("dropout", .number(decimal(configuration.dropout.hidden))),
      .init("attention_dropout", .number(decimal(configuration.dropout.attention))),
      .init("seq_classif_dropout", .number(decimal(configuration.dropout.classifier))),
    ]
  }

  private static func activation(_ function: ActivationFunction) -> String {
    function == .geluTanh ? "gelu_new" : function.rawValue
  }

  /// The number with as few digits as tell it in single precision: 0.1, not 0.10000000149.
  private static func decimal(_ number: Float) -> Double { Double("\(number)") ?? Double(number) }
}
