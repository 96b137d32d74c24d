import Artifacts
import Diagnostics
import Models
import Tensors

/// A trained translator as a model artifact holds it, with the chains of its two languages.
struct TranslationModel {
  let model: ConvS2S
  let weights: ParameterBuffer
  /// Computes with them.
  let blas: OpenBLAS
  let source: TextChain
  let target: TextChain
  /// What the person calls it.
  let name: String

  /// Reads a model artifact.
  ///
  /// - Throws: when it is no translator, or its weights have another shape than it says.
  init(_ file: MappedFile, named name: String) throws(Diagnostic) {
    self = try StoredModel(file, named: name).translator()
  }

  init(
    _ model: ConvS2S, _ weights: ParameterBuffer, _ blas: OpenBLAS, source: TextChain,
    target: TextChain, name: String
  ) {
    self.blas = blas
    self.model = model
    self.weights = weights
    self.source = source
    self.target = target
    self.name = name
  }
}
