import Chains
import Diagnostics
import Files
import Formats
import ModelKinds
import Text

/// A trained classifier as a folder: tensors under PyTorch's names, words, and a script that uses them.
package struct ClassifierExport: ModelExport {
  private let model: StoredModel

  package static func isFor(_ kind: any ModelKind.Type) -> Bool { kind is any ClassifierKind.Type }

  package static func isWritten(_ name: String) -> Bool { ClassifierFolder.names.contains(name) }

  package init(_ model: StoredModel) throws(Diagnostic) {
    _ = try model.classifier()
    guard model.configuration[RowEncoder.name] == nil else {
      throw Diagnostic(.holdsEncoder(model.name))
    }
    self.model = model
  }

  package func write(to folder: String) throws(Diagnostic) -> [String] {
    var folder = try ExportFolder(folder)
    try folder.write(ModelFolder.weightsName) { (file) throws(Diagnostic) in
      try writeWeights(into: &file)
    }
    try folder.write(
      ClassifierFolder.descriptionName,
      ClassifierDescription.json(of: model.texts, model.configuration))
    try folder.write(ClassifierFolder.vocabularyName, try vocabulary())
    try folder.write(ModelFolder.chainName) { (file) throws(Diagnostic) in
      try model.texts.writeChains(into: &file)
    }
    try folder.write(ClassifierFolder.scriptName, Array(LoadScript.text.utf8))
    return folder.names
  }

  /// The model's tensors but for those that hold the bytes of its chain.
  private func writeWeights(into file: inout OutputFile) throws(Diagnostic) {
    let tensors = model.tensors
    let resources = Set(model.texts.resources.map(\.name))
    let entries = tensors.entries.filter { !resources.contains($0.name) }
    let writer = SafetensorsWriter(
      entries.map { .init($0.name, $0.elementType, shape: $0.shape) },
      metadata: [("format", ClassifierFolder.weightsFormat)])
    try writer.write(into: &file) { (declaration, file) throws(Diagnostic) in
      guard let entry = tensors[declaration.name] else { return }
      try tensors.withBytes(entry) { (bytes) throws(Diagnostic) in try file.write(bytes) }
    }
  }

  /// The words by id, and the ids of the tokens that are no words.
  private func vocabulary() throws(Diagnostic) -> JSONValue {
    let vocabulary = try Vocabulary(
      lines: model.texts.source.vocabulary.span, file: "\(model.name) (vocabulary)")
    let specials = Vocabulary.Special.allCases.compactMap { special in
      vocabulary.id(of: special).map { JSONValue.Member(special.rawValue, .integer($0)) }
    }
    let words = (0..<vocabulary.count).map { id in
      JSONValue.string(String(decoding: vocabulary.word(of: id), as: UTF8.self))
    }
    return ["special": .object(specials), "words": .array(words)]
  }
}

extension Diagnostic.Message {
  fileprivate static func holdsEncoder(_ name: String) -> Self {
    Self(
      "'\(name)' learnt from features of an encoder, for which there is no form for other programs",
      remedy:
        "`millrace show FILE STAGE.PORT --raw` writes the features, which any program can read")
  }
}
