import Artifacts
import Diagnostics
import Files
import Formats
import Pipelines

/// A model artifact: weights, configuration, and the chains of the texts it reads and writes.
package struct ModelArtifact: Sendable {
  private static let format = "millrace model 1"

  /// The model's name and configuration, as its kind wrote them.
  package let architecture: JSONValue
  package let texts: ModelTexts
  /// What the model has of its rows besides what it learns step by step, if anything.
  private let knowledge: (any ModelTensors & Sendable)?

  /// - Parameter configuration: a JSON object from which its kind makes the model again.
  package init(
    of kind: any ModelKind.Type, configuration: JSONValue, texts: ModelTexts,
    knowledge: (any ModelTensors & Sendable)? = nil
  ) {
    let members = configuration.objectValue ?? []
    self.init(
      architecture: .object([.init("model", .string(kind.name))] + members), texts: texts,
      knowledge: knowledge)
  }

  /// - Parameter architecture: the model's name and configuration.
  init(
    architecture: JSONValue, texts: ModelTexts, knowledge: (any ModelTensors & Sendable)? = nil
  ) {
    self.architecture = architecture
    self.texts = texts
    self.knowledge = knowledge
  }

  /// The name of its kind; empty when the artifact has none.
  package var kindName: String { architecture["model"]?.stringValue ?? "" }

  /// Writes the model with what it has learnt.
  package func write(
    _ tensors: some ModelTensors, into draft: inout ArtifactDraft
  ) throws(Diagnostic) {
    let resources = texts.resources
    let known = knowledge?.declarations ?? []
    let writer = SafetensorsWriter(
      tensors.declarations + known
        + resources.map { .init($0.name, .uint8, shape: [$0.bytes.count]) },
      metadata: [("format", Self.format), ("architecture", architecture.compact)] + texts.metadata)
    try writer.write(into: &draft) { (declaration, draft) throws(Diagnostic) in
      if let resource = resources.first(where: { $0.name == declaration.name }) {
        try draft.write(resource.bytes)
      } else if let knowledge, known.contains(where: { $0.name == declaration.name }) {
        try knowledge.write(declaration.name, into: &draft)
      } else {
        try tensors.write(declaration.name, into: &draft)
      }
    }
  }

  /// Reads all but the weights.
  ///
  /// - Parameter stages: the kinds that its chains' steps are of.
  /// - Throws: when the file is no model of this program.
  package init(_ file: SafetensorsFile, stages: StageCatalog) throws(Diagnostic) {
    let architecture = file.metadata("architecture").flatMap {
      try? JSONValue(parsing: $0, file: file.path)
    }
    guard file.metadata("format") == Self.format, let architecture,
      let texts = ModelTexts(in: file, stages: stages)
    else { throw Diagnostic(.notAModel(file.path)) }
    self.init(architecture: architecture, texts: texts)
  }
}

extension Diagnostic.Message {
  static func notAModel(_ path: String) -> Self {
    Self("'\(path)' is no model of this program", remedy: "name the output of a train stage")
  }
}
