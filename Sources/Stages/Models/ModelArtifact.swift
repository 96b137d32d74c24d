import Artifacts
import Diagnostics
import Tensors
import Training

/// A trained model as it is stored: its weights, what it is, its classes, and its chain of text.
struct ModelArtifact {
  static let format = "millrace model 1"

  /// The model's name and configuration, as its kind wrote them.
  let architecture: JSONValue
  let classNames: [String]
  let chain: TextChain

  /// Writes the model with its weights.
  func write(_ weights: ParameterBuffer, into draft: inout ArtifactDraft) throws(Diagnostic) {
    let resources = chain.resources
    let writer = SafetensorsWriter(
      ParameterBuffer.declarations(of: weights.layout)
        + resources.map { .init($0.name, .uint8, shape: [$0.bytes.count]) },
      metadata: [
        ("format", Self.format), ("architecture", architecture.compact),
        ("classes", JSONValue.array(classNames.map { .string($0) }).compact),
        ("chain", chain.json.compact),
      ])
    try writer.write(into: &draft) { (declaration, draft) throws(Diagnostic) in
      if let tensor = weights[declaration.name] {
        try draft.write(elements: tensor.span)
      } else if let resource = resources.first(where: { $0.name == declaration.name }) {
        try draft.write(resource.bytes)
      }
    }
  }

  /// Reads all but the weights.
  ///
  /// - Throws: when the file is no model of this program.
  init(_ file: SafetensorsFile) throws(Diagnostic) {
    func json(_ name: String) throws(Diagnostic) -> JSONValue {
      guard let text = file.metadata(name) else { throw Diagnostic(.notAModel(file.path)) }
      return try JSONValue(parsing: text, file: "\(file.path) (\(name))")
    }
    guard file.metadata("format") == Self.format else { throw Diagnostic(.notAModel(file.path)) }
    architecture = try json("architecture")
    classNames = try json("classes").arrayValue?.compactMap(\.stringValue) ?? []
    let chain = TextChain(json: try json("chain")) { name in
      file[name] == nil ? nil : try? file.values(name, of: UInt8.self)
    }
    guard let chain else { throw Diagnostic(.notAModel(file.path)) }
    self.chain = chain
  }

  init(architecture: JSONValue, classNames: [String], chain: TextChain) {
    self.architecture = architecture
    self.classNames = classNames
    self.chain = chain
  }
}

extension Diagnostic.Message {
  static func notAModel(_ path: String) -> Self {
    Self("'\(path)' is no model of this program", remedy: "name the output of a train stage")
  }
}
