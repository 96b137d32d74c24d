import Diagnostics
import Formats
import Models
import Tensors

/// The weights of an encoder as Hugging Face's transformers write them: `model.safetensors`.
///
/// Names may lack the prefix of the family (files of the encoder alone), and a normalisation's
/// parameters may be called `gamma` and `beta` (older files); numbers may be F32, F16 or BF16.
package struct EncoderTensors {
  /// What becomes of the layers after the encoder.
  package enum Head: Hashable, Sendable {
    /// The classes are drawn, and so is the layer below them where the file has none.
    case drawn
    /// All are in the file.
    case read
    /// The classes are of no use, and drawn; the layer below them is in the file.
    case unused
  }

  private let file: SafetensorsFile

  package init(_ file: SafetensorsFile) { self.file = file }

  /// The weights of an encoder, and the names of those that were drawn.
  ///
  /// Shapes are compared before memory is taken. Adapters that the file lacks are drawn.
  ///
  /// - Throws: when a tensor is missing, of another shape or type, or one that has no place.
  package func parameters(
    for encoder: Encoder, head: Head, drawnFrom random: RandomSource
  ) throws(Diagnostic) -> (weights: ParameterBuffer, drawn: [String]) {
    let names = EncoderTensorNames(encoder, head)
    var (stored, drawn) = ([(TensorEntry, ParameterLayout.Entry)](), [ParameterLayout.Entry]())
    for entry in encoder.layout.entries {
      let candidates = names.candidates(for: entry.name)
      if let tensor = candidates.lazy.compactMap({ file[$0] }).first {
        try check(tensor, wanted: entry.shape)
        stored.append((tensor, entry))
      } else if names.mayBeDrawn(entry.name) {
        drawn.append(entry)
      } else {
        throw Diagnostic(.noWeights(file.path, candidates))
      }
    }
    let read = Set(stored.map(\.0.name))
    if let other = file.entries.first(where: {
      !read.contains($0.name) && !names.isSurplus($0.name)
    }
    ) {
      throw Diagnostic(.noPlace(file.path, other, layers: encoder.configuration.layerCount))
    }
    let weights = ParameterBuffer(encoder.layout)
    for (tensor, entry) in stored { try self.read(tensor, into: weights[entry]) }
    for entry in drawn {
      var stream = random.stream(entry.name)
      _ = entry.initializer.fill(weights[entry], shape: entry.shape, from: &stream) { false }
    }
    return (weights, drawn.map(\.name))
  }

  private func check(_ tensor: TensorEntry, wanted shape: Shape) throws(Diagnostic) {
    guard tensor.shape == shape.extents else {
      throw Diagnostic(.otherShape(file.path, tensor, wanted: shape))
    }
    guard [.float32, .float16, .bfloat16].contains(tensor.elementType) else {
      throw Diagnostic(.otherNumbers(file.path, tensor))
    }
  }

  private func read(_ tensor: TensorEntry, into values: Tensor) throws(Diagnostic) {
    guard tensor.elementType != .float32 else {
      return try file.withValues(tensor.name) { (stored: Span<Float>) in
        for i in values.indices { values[i] = stored[i] }
      }
    }
    try file.withBytes(tensor) { bytes in
      for i in values.indices {
        let bits = UInt16(bytes[2 * i]) | UInt16(bytes[2 * i + 1]) << 8
        values[i] =
          tensor.elementType == .float16
          ? Float(Float16(bitPattern: bits)) : Float(bitPattern: UInt32(bits) << 16)
      }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func noWeights(_ file: String, _ names: [String]) -> Self {
    Self(
      "'\(file)' has no tensor '\(names[0])'"
        + (names.count > 1 ? ", nor '\(names[1])'" : ""),
      remedy: "give the folder as it was published; config.json says which layers there are")
  }

  fileprivate static func otherShape(
    _ file: String, _ tensor: TensorEntry, wanted shape: Shape
  ) -> Self {
    Self(
      "'\(file)' holds '\(tensor.name)' with shape \(tensor.shape), config.json asks for \(shape)",
      remedy: "give the folder as it was published: config.json and weights belong together")
  }

  fileprivate static func otherNumbers(_ file: String, _ tensor: TensorEntry) -> Self {
    Self(
      "'\(file)' holds '\(tensor.name)' as \(tensor.elementType.rawValue)",
      remedy: "store the weights as F32, F16 or BF16")
  }

  fileprivate static func noPlace(_ file: String, _ tensor: TensorEntry, layers: Int) -> Self {
    Self(
      "'\(file)' holds '\(tensor.name)', for which an encoder of \(layers) layers has no place",
      remedy: "give a BERT or DistilBERT with absolute positions, as it was published")
  }
}
