import Artifacts
import Chains
import Datasets
import Diagnostics
import Files
import Formats

/// The artifact of a frozen encoder: its weights, and the chain from raw text to its ids.
///
/// Features of rows, and models that learn from them, need nothing else for a text.
package struct EncoderArtifact: Sendable {
  package let encoder: RowEncoder
  package let chain: TextChain

  package init(_ encoder: RowEncoder, chain: TextChain) {
    self.encoder = encoder
    self.chain = chain
  }

  package func write(into draft: inout ArtifactDraft) throws(Diagnostic) {
    try ModelArtifact(
      architecture: encoder.architecture,
      texts: .classification(source: chain, classNames: [])
    ).write(encoder, into: &draft)
  }

  /// - Parameter models: whose stages the chain is made of.
  /// - Throws: when the file holds no encoder.
  package init(
    _ file: MappedFile, named name: String, in models: ModelCatalog
  ) throws(Diagnostic) {
    let tensors = try SafetensorsFile(file)
    let artifact = try ModelArtifact(tensors, stages: models.stages)
    chain = artifact.texts.source
    encoder = try RowEncoder(artifact.architecture, in: tensors, named: name)
    guard chain.entryCount == encoder.vocabularySize else {
      throw Diagnostic(.otherVocabulary(name, chain.entryCount, encoder.vocabularySize))
    }
  }

  /// The vector of a raw text.
  package func vector(of text: String) throws(Diagnostic) -> [Float] {
    var ids = try ChainEncoder(chain, model: "encoder")
    return try encoder.vector(of: ids.ids(of: text.utf8))
  }
}

extension Diagnostic.Message {
  fileprivate static func otherVocabulary(_ name: String, _ entries: Int, _ wanted: Int) -> Self {
    Self(
      "'\(name)' has a vocabulary of \(entries) entries for an encoder of \(wanted)",
      remedy: "make it anew with the encode stage")
  }
}
