import Chains
import Diagnostics
import Files
import Formats
import ModelKinds
import Pipelines

/// The files of a classifier in a folder: what `export` writes and `import-model` reads.
package enum ClassifierFolder {
  /// The kind of model, its configuration, its classes, and the chain of its text without the bytes.
  package static let descriptionName = "model.json"
  /// The words in the order of their ids.
  static let vocabularyName = "vocabulary.json"
  static let scriptName = "load.py"
  static let weightsFormat = "millrace weights 1"

  static let names = [
    ModelFolder.weightsName, descriptionName, vocabularyName, ModelFolder.chainName, scriptName,
  ]
}

/// What a folder says of its classifier, besides weights and the bytes of its chain.
package struct ClassifierDescription: Sendable {
  private static let format = "millrace classifier 1"

  /// The name of the kind of model.
  package let kindName: String
  /// A JSON object from which the kind makes the model again.
  package let configuration: JSONValue

  /// The description of a model as a file.
  ///
  /// - Parameter architecture: its name and configuration.
  static func json(of texts: ModelTexts, _ architecture: JSONValue) -> JSONValue {
    [
      "format": .string(format), "architecture": architecture,
      "classes": .array(texts.classNames.map { .string($0) }),
      "chain": texts.source.json,
    ]
  }

  /// Reads the file.
  ///
  /// - Throws: when it is no description that `export` wrote.
  package init(contentsOf path: String) throws(Diagnostic) {
    let bytes = try InputFile.contents(of: path, atMost: 64 << 20)
    let json = try JSONValue(parsing: bytes, file: path)
    guard json["format"]?.stringValue == Self.format,
      let members = json["architecture"]?.objectValue,
      let name = json["architecture"]?["model"]?.stringValue
    else { throw Diagnostic(.noDescription(path)) }
    kindName = name
    configuration = .object(members.filter { $0.name != "model" })
  }
}

extension Diagnostic.Message {
  fileprivate static func noDescription(_ path: String) -> Self {
    Self(
      "'\(path)' does not describe a classifier that this program exported",
      remedy: "name a folder that `millrace export` wrote")
  }
}
