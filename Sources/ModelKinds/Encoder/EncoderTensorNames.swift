import Models
import Tensors

/// Under which names a file may hold the parameters of an encoder, and which it may lack or hold besides.
struct EncoderTensorNames {
  /// The layers for other tasks than telling classes.
  private static let otherTasks = [
    "cls.", "qa_outputs.", "vocab_transform.", "vocab_layer_norm.", "vocab_projector.",
  ]
  private static let classes = "classifier."
  private static let poolers = ["pooler.", "pre_classifier."]

  /// Before names in files that hold more than the encoder.
  private let prefix: String
  private let head: EncoderTensors.Head

  init(_ encoder: Encoder, _ head: EncoderTensors.Head) {
    prefix = "\(encoder.configuration.family.rawValue)."
    self.head = head
  }

  /// The names that a parameter may have, none if it is not to be read.
  func candidates(for name: String) -> [String] {
    if head != .read, name.hasPrefix(Self.classes) { return [] }
    let names = [name, inside(name)]
    return (names + names.map(older)).reduce(into: []) { different, name in
      if !different.contains(name) { different.append(name) }
    }
  }

  /// Whether a parameter is drawn where the file has none.
  func mayBeDrawn(_ name: String) -> Bool {
    if Encoder.isAdapter(name) { return true }
    if name.hasPrefix(Self.classes) { return head != .read }
    return head == .drawn && Self.poolers.contains { inside(name).hasPrefix($0) }
  }

  /// Whether a tensor that is no parameter may be left out.
  func isSurplus(_ name: String) -> Bool {
    let name = inside(name)
    return name.hasSuffix("embeddings.position_ids")
      || (Self.otherTasks + Self.poolers + [Self.classes]).contains { name.hasPrefix($0) }
  }

  private func inside(_ name: String) -> String {
    name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
  }

  /// The name that TensorFlow's program gave a parameter of a normalisation.
  private func older(_ name: String) -> String {
    guard name.contains("LayerNorm.") || name.contains("layer_norm.") else { return name }
    if name.hasSuffix(".weight") { return name.dropLast("weight".count) + "gamma" }
    if name.hasSuffix(".bias") { return name.dropLast("bias".count) + "beta" }
    return name
  }
}
