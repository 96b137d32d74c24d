import Diagnostics
import Formats
import Models
import Tensors

/// A `config.json` whose members are read one by one, so that what nobody read can be refused.
struct EncoderConfigurationReading {
  /// Members that change nothing of what is computed here: origins, programs, other tasks, generation.
  private static let withoutEffect: Set<String> = [
    "architectures", "torch_dtype", "dtype", "transformers_version", "tokenizer_class",
    "gradient_checkpointing", "use_cache", "tie_word_embeddings", "tie_weights_",
    "output_attentions", "output_hidden_states", "output_past", "return_dict", "torchscript",
    "chunk_size_feed_forward", "finetuning_task", "task_specific_params", "label2id", "id2label",
    "num_labels", "bos_token_id", "eos_token_id", "sep_token_id", "cls_token_id",
    "mask_token_id", "unk_token_id", "decoder_start_token_id", "prefix", "qa_dropout",
    "pooler_fc_size", "pooler_num_attention_heads", "pooler_num_fc_layers",
    "pooler_size_per_head", "pooler_type", "directionality", "max_length", "min_length",
    "num_beams", "num_beam_groups", "num_return_sequences", "temperature", "top_k", "top_p",
    "typical_p", "repetition_penalty", "length_penalty", "diversity_penalty",
    "encoder_no_repeat_ngram_size", "no_repeat_ngram_size", "early_stopping", "do_sample",
    "remove_invalid_values", "model_type",
  ]
  /// Members that must have this value.
  private static let fixed: [(name: String, value: String)] = [
    ("position_embedding_type", "absolute"), ("problem_type", "single_label_classification"),
  ]

  private let members: [JSONValue.Member]
  private let file: String
  private var read: Set<String> = []

  init(_ json: JSONValue, file: String) {
    members = json.objectValue ?? []
    self.file = file
  }

  private mutating func member(_ name: String) -> JSONValue? {
    read.insert(name)
    guard let value = members.first(where: { $0.name == name })?.value, value != .null
    else { return nil }
    return value
  }

  mutating func family() throws(Diagnostic) -> Encoder.Family {
    let value = member("model_type")
    guard let family = value?.stringValue.flatMap(Encoder.Family.init) else {
      throw Diagnostic(.otherModel(file, value))
    }
    return family
  }

  mutating func size(
    _ name: String, in range: ClosedRange<Int>, default standard: Int? = nil
  ) throws(Diagnostic) -> Int {
    guard let value = member(name) else {
      if let standard { return standard }
      throw Diagnostic(.lacks(file, name))
    }
    guard let size = value.intValue, range.contains(size) else {
      throw Diagnostic(
        .noSuch(
          file, name, value, "a whole number from \(range.lowerBound) to \(range.upperBound)"))
    }
    return size
  }

  mutating func share(_ name: String) throws(Diagnostic) -> Float? {
    guard let value = member(name) else { return nil }
    guard let share = value.doubleValue, 0 <= share, share < 1 else {
      throw Diagnostic(.noSuch(file, name, value, "a number from 0 to below 1"))
    }
    return Float(share)
  }

  mutating func positive(_ name: String) throws(Diagnostic) -> Float? {
    guard let value = member(name) else { return nil }
    guard let number = value.doubleValue, 0 < number, number < 1 else {
      throw Diagnostic(.noSuch(file, name, value, "a number above 0 and below 1"))
    }
    return Float(number)
  }

  mutating func activation(_ name: String) throws(Diagnostic) -> ActivationFunction {
    guard let value = member(name) else { return .gelu }
    switch value.stringValue {
    case "gelu", "gelu_python": return .gelu
    case "gelu_new", "gelu_pytorch_tanh", "gelu_fast": return .geluTanh
    case "relu": return .relu
    default:
      throw Diagnostic(.noSuch(file, name, value, "gelu, gelu_new, gelu_pytorch_tanh or relu"))
    }
  }

  /// As many as there are labels; two if nothing is said.
  func classCount() throws(Diagnostic) -> Int {
    guard let labels = members.first(where: { $0.name == "id2label" })?.value.objectValue else {
      return members.first { $0.name == "num_labels" }?.value.intValue.map { max(1, $0) } ?? 2
    }
    return max(1, labels.count)
  }

  /// Refuses members that were not read and may have an effect.
  ///
  /// What is null, false or empty is an option that is not made use of.
  func refuseOthers() throws(Diagnostic) {
    for member in members where !read.contains(member.name) && !member.name.hasPrefix("_") {
      if Self.withoutEffect.contains(member.name) || member.value.isUnused { continue }
      if let fixed = Self.fixed.first(where: { $0.name == member.name }) {
        guard member.value.stringValue == fixed.value else {
          throw Diagnostic(.noSuch(file, member.name, member.value, fixed.value))
        }
        continue
      }
      throw Diagnostic(.unsupported(file, member))
    }
  }
}

extension JSONValue {
  fileprivate var isUnused: Bool {
    switch self {
    case .null, .bool(false): true
    case .object(let members): members.isEmpty
    case .array(let elements): elements.isEmpty
    default: false
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func otherModel(_ file: String, _ value: JSONValue?) -> Self {
    Self(
      value.map { "'\(file)': model_type = \($0.compact) is no encoder that is known here" }
        ?? "'\(file)' does not say its model_type",
      remedy: "give a folder of a BERT or DistilBERT: \"bert\" or \"distilbert\"")
  }

  fileprivate static func lacks(_ file: String, _ name: String) -> Self {
    Self("'\(file)' has no '\(name)'", remedy: "give the config.json as it was published")
  }

  fileprivate static func noSuch(
    _ file: String, _ name: String, _ value: JSONValue, _ wanted: String
  ) -> Self {
    Self(
      "'\(file)': \(name) = \(value.compact) is not supported",
      remedy: "give an encoder with \(name) \(wanted)")
  }

  fileprivate static func unsupported(_ file: String, _ member: JSONValue.Member) -> Self {
    Self(
      "'\(file)': \(member.name) = \(member.value.compact) is not supported",
      remedy: "give an encoder without it: a BERT or DistilBERT with absolute positions")
  }
}
