import Chains
import Diagnostics
import Files
import Formats
import Pipelines

/// The chains of the texts that a model reads and writes.
package enum ModelTexts: Sendable {
  /// A text in, one of the classes out.
  case classification(source: TextChain, classNames: [String])
  /// A text in, a text out; the steps of the target's chain are undone.
  case translation(source: TextChain, target: TextChain)

  /// The chain from raw text to what the model reads.
  package var source: TextChain {
    switch self {
    case .classification(let source, _), .translation(let source, _): source
    }
  }

  /// The target's chain; nil for a classifier.
  package var target: TextChain? {
    if case .translation(_, let target) = self { target } else { nil }
  }

  /// The names of the classes; empty for a translator.
  package var classNames: [String] {
    if case .classification(_, let classNames) = self { classNames } else { [] }
  }
}

extension ModelTexts {
  private static let sourcePrefix = "chain"
  private static let targetPrefix = "target-chain"
  /// The most bytes of a resource; real merges and vocabularies are far smaller.
  private static let largestResource = 256 << 20

  /// The tensors that hold the bytes of the chains' resources.
  package var resources: [(name: String, bytes: [UInt8])] {
    source.resources(prefix: Self.sourcePrefix)
      + (target?.resources(prefix: Self.targetPrefix) ?? [])
  }

  /// The metadata of a model file that describes the chains.
  package var metadata: [(String, String)] {
    switch self {
    case .classification(let source, let classNames):
      let classes = JSONValue.array(classNames.map { .string($0) })
      return [("classes", classes.compact), (Self.sourcePrefix, source.json.compact)]
    case .translation(let source, let target):
      return [
        (Self.sourcePrefix, source.json.compact), (Self.targetPrefix, target.json.compact),
      ]
    }
  }

  /// Reads them back; nil when something is missing or no chain.
  ///
  /// - Parameters:
  ///   - stages: the kinds that the chains' steps are of.
  ///   - metadata: the JSON of that name in a model file, if there is any.
  ///   - resource: the bytes of the tensor of that name.
  package init?(
    stages: StageCatalog, metadata: (String) -> JSONValue?, resource: (String) -> [UInt8]?
  ) {
    func chain(_ name: String) -> TextChain? {
      metadata(name).flatMap {
        TextChain(json: $0, stages: stages, prefix: name, resource: resource)
      }
    }
    guard let source = chain(Self.sourcePrefix) else { return nil }
    if let target = chain(Self.targetPrefix) {
      self = .translation(source: source, target: target)
    } else if let classes = metadata("classes")?.arrayValue {
      self = .classification(source: source, classNames: classes.compactMap(\.stringValue))
    } else {
      return nil
    }
  }
}

/// The chains in a file of their own, for formats of weights that cannot hold them.
extension ModelTexts {
  private static let format = "millrace chains 1"

  package func writeChains<Sink: ByteSink & ~Copyable>(into sink: inout Sink) throws(Diagnostic) {
    let resources = resources
    let writer = SafetensorsWriter(
      resources.map { .init($0.name, .uint8, shape: [$0.bytes.count]) },
      metadata: [("format", Self.format)] + metadata)
    try writer.write(into: &sink) { (declaration, sink) throws(Diagnostic) in
      guard let resource = resources.first(where: { $0.name == declaration.name }) else { return }
      try sink.write(resource.bytes)
    }
  }

  /// Reads what `writeChains` wrote.
  ///
  /// - Throws: when the file is no such one.
  package init(chains file: SafetensorsFile, stages: StageCatalog) throws(Diagnostic) {
    let texts = file.metadata("format") == Self.format ? Self(in: file, stages: stages) : nil
    guard let texts else { throw Diagnostic(.noChains(file.path)) }
    self = texts
  }

  /// Reads them out of a model file or one of their own; nil when they are not there.
  package init?(in file: SafetensorsFile, stages: StageCatalog) {
    self.init(stages: stages) { name in
      file.metadata(name).flatMap { try? JSONValue(parsing: $0, file: file.path) }
    } resource: { name in
      guard let entry = file[name], entry.byteRange.count <= Self.largestResource else {
        return nil
      }
      return try? file.values(name, of: UInt8.self)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func noChains(_ path: String) -> Self {
    Self(
      "'\(path)' does not hold the chains of a model's text",
      remedy: "export the model again, or take the file out of the folder and say rules")
  }
}
