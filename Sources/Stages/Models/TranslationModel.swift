import Artifacts
import Diagnostics
import Models
import Tensors
import Text
import Training

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
    let tensors = try SafetensorsFile(file)
    let artifact = try ModelArtifact(tensors)
    guard let configuration = ConvS2S.Configuration(json: artifact.architecture),
      case .translation(let source, let target) = artifact.texts
    else { throw Diagnostic(.notATranslator(name)) }
    blas = try OpenBLAS.load()
    for (chain, size) in [
      (source, configuration.sourceVocabularySize), (target, configuration.targetVocabularySize),
    ] {
      let vocabulary = try Vocabulary(lines: chain.vocabulary.span, file: "\(name) (vocabulary)")
      guard vocabulary.count == size else { throw Diagnostic(.notATranslator(name)) }
    }
    model = ConvS2S(configuration)
    weights = try ParameterBuffer(model.layout, from: tensors)
    self.source = source
    self.target = target
    self.name = name
  }
}

extension Diagnostic.Message {
  static func notATranslator(_ name: String) -> Self {
    Self(
      "'\(name)' is no translator", remedy: "name a train stage with model = \"convs2s\"")
  }
}
