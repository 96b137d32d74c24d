import Chains
import Diagnostics
import Files
import Models
import Tensors

/// A translator read from a model artifact, with the chains of its two languages.
package struct TranslationModel {
  package let model: ConvS2S
  package let weights: ParameterBuffer
  /// Computes its matrix products.
  package let blas: OpenBLAS
  package let source: TextChain
  package let target: TextChain
  /// The name that errors give.
  package let name: String

  /// Reads a model artifact.
  ///
  /// - Throws: when it is no translator, or its weights have another shape than it says.
  package init(
    _ file: MappedFile, named name: String, in models: ModelCatalog
  ) throws(Diagnostic) {
    self = try StoredModel(file, named: name, in: models).translator()
  }

  package init(
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
