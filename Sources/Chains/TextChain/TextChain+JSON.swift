import Formats
import Pipelines

extension TextChain {
  /// The chain without the bytes of its resources, which a model holds as tensors.
  package var json: JSONValue {
    ["column": .string(column), "steps": .array(steps.map(\.json))]
  }

  /// The names of the resources' tensors, in order, with their bytes.
  package func resources(prefix: String) -> [(name: String, bytes: [UInt8])] {
    [("\(prefix).vocabulary", vocabulary)]
      + steps.enumerated().flatMap { index, step in
        step.resources.map { ("\(prefix).\(index).\($0.name)", $0.bytes) }
      }
  }

  /// Reads the chain back; nil when the JSON is not one or a resource is missing.
  ///
  /// - Parameter stages: the kinds that its steps are of.
  package init?(
    json: JSONValue, stages: StageCatalog, prefix: String, resource: (String) -> [UInt8]?
  ) {
    guard let column = json["column"]?.stringValue, let list = json["steps"]?.arrayValue,
      let vocabulary = resource("\(prefix).vocabulary")
    else { return nil }
    var steps: [Step] = []
    for (index, value) in list.enumerated() {
      let step = Step(json: value, stages) { resource("\(prefix).\(index).\($0)") }
      guard let step else { return nil }
      steps.append(step)
    }
    self.init(steps: steps, vocabulary: vocabulary, column: column)
  }
}

extension TextChain.Step {
  fileprivate var json: JSONValue {
    [
      "kind": .string(kind), "version": .integer(version),
      "options": .object(options.map { .init($0.name, $0.value.json) }),
      "resources": .array(resources.map { .string($0.name) }),
    ]
  }

  fileprivate init?(
    json: JSONValue, _ stages: StageCatalog, resource: (String) -> [UInt8]?
  ) {
    guard let kind = json["kind"]?.stringValue, let version = json["version"]?.intValue,
      let members = json["options"]?.objectValue, let names = json["resources"]?.arrayValue
    else { return nil }
    var options: [(name: String, value: OptionValue)] = []
    for member in members {
      guard let value = OptionValue(json: member.value) else { return nil }
      options.append((member.name, value))
    }
    var resources: [(name: String, bytes: [UInt8])] = []
    for name in names {
      guard let name = name.stringValue, let bytes = resource(name) else { return nil }
      resources.append((name, bytes))
    }
    let type = stages[kind].flatMap { $0.version == version ? $0 : nil }
    self.init(
      kind: kind, version: version, type: type as? any TextStep.Type, options: options,
      resources: resources)
  }
}

extension OptionValue {
  fileprivate var json: JSONValue {
    switch self {
    case .flag(let flag): .bool(flag)
    case .integer(let number): .integer(number)
    case .number(let number): .number(number)
    case .text(let text): .string(text)
    case .texts(let texts): .array(texts.map { .string($0) })
    }
  }

  fileprivate init?(json: JSONValue) {
    switch json {
    case .bool(let flag): self = .flag(flag)
    case .integer(let number): self = .integer(Int(number))
    case .number(let number): self = .number(number)
    case .string(let text): self = .text(text)
    case .array(let list): self = .texts(list.compactMap(\.stringValue))
    case .null, .object: return nil
    }
  }
}
