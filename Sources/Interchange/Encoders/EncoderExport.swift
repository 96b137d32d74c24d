import Chains
import Diagnostics
import Formats
import ModelKinds
import Models
import Tensors
import Text
import Training

/// A fine-tuned encoder as a folder that transformers loads, and `import-model` reads.
///
/// Adapters are added to the weights they belong to; beside them they are in a folder that PEFT loads.
package struct EncoderExport: ModelExport {
  private let model: StoredModel
  private let encoder: Encoder
  private let weights: ParameterBuffer
  /// The encoder whose weights have the adapters in them, and these weights.
  private let merged: (encoder: Encoder, weights: ParameterBuffer)

  package static func isFor(_ kind: any ModelKind.Type) -> Bool { kind == EncoderKind.self }

  package static func isWritten(_ name: String) -> Bool {
    [
      ModelFolder.weightsName, TransformersConfiguration.fileName, ClassifierFolder.descriptionName,
      ModelFolder.chainName, AdapterFolder.name,
    ].contains(name) || TransformersTokenizer.names.contains(name)
  }

  package init(_ model: StoredModel) throws(Diagnostic) {
    _ = try model.classifier()
    guard let encoder = EncoderKind.network(model.configuration) else {
      throw Diagnostic(.misshapen(model))
    }
    guard encoder.configuration.pooling == .pooled else {
      throw Diagnostic(.noSuchHead(model.name, encoder.configuration.pooling))
    }
    self.model = model
    self.encoder = encoder
    weights = try ParameterBuffer(encoder.layout, from: model.tensors)
    merged = encoder.merged(weights, blas: try OpenBLAS.load())
  }

  package func write(to folder: String) throws(Diagnostic) -> [String] {
    let texts = model.texts
    let tokenizer = try texts.source.encoderTokenizer(of: model.name)
    var files = try ExportFolder(folder)
    try files.write(
      TransformersConfiguration.fileName,
      TransformersConfiguration.json(of: merged.encoder.configuration, texts.classNames))
    try files.write(ModelFolder.weightsName) { (file) throws(Diagnostic) in
      // transformers refuses a file that does not say so.
      try merged.weights.write(into: &file, metadata: [("format", "pt")])
    }
    try TransformersTokenizer(
      vocabulary: texts.source.vocabulary, tokenizer, family: encoder.configuration.family,
      positions: encoder.configuration.positionCount, model: model.name
    ).write(into: &files)
    try files.write(
      ClassifierFolder.descriptionName,
      ClassifierDescription.json(
        of: texts,
        ModelArtifact(
          of: EncoderKind.self, configuration: EncoderKind.configuration(of: merged.encoder),
          texts: texts
        ).architecture))
    try files.write(ModelFolder.chainName) { (file) throws(Diagnostic) in
      try texts.writeChains(into: &file)
    }
    guard let adapters = encoder.configuration.adapters else { return files.names }
    try AdapterFolder.write(
      encoder, adapters, weights, within: folder)
    return files.names + [AdapterFolder.name]
  }
}

extension Diagnostic.Message {
  fileprivate static func noSuchHead(_ name: String, _ pooling: Encoder.Pooling) -> Self {
    Self(
      "'\(name)' has pooling = \"\(pooling.rawValue)\", and transformers has no classifier whose"
        + " classes read that",
      remedy: "train with pooling = \"pooled\"")
  }
}
