import Artifacts
import Chains
import Diagnostics
import Formats
import ModelKinds
import Pipelines
import Reports
import Stages

/// A trained model: what it is, its parameters layer by layer, its classes, and its chain of text.
package struct ModelView: ArtifactView {
  private let artifact: ModelArtifact
  private let tensors: [TensorSummary]
  private let byteCount: Int
  /// The details of its kind.
  private let details: [ModelDetail]

  init(_ shown: ShownArtifact) throws(Diagnostic) { try self.init(shown, in: .standard) }

  package init(_ shown: ShownArtifact, in models: ModelCatalog) throws(Diagnostic) {
    let model = try StoredModel(
      shown.store.open(shown.output.digest), named: shown.output.port, in: models)
    try self.init(shown, model.tensors, details: model.kind.details(of: model), in: models)
  }

  /// An encoder that learns nothing, which is of no kind.
  init(encoder shown: ShownArtifact) throws(Diagnostic) {
    try self.init(shown, shown.tensors(), details: [], in: .standard)
  }

  private init(
    _ shown: ShownArtifact, _ file: SafetensorsFile, details: [ModelDetail], in models: ModelCatalog
  ) throws(Diagnostic) {
    artifact = try ModelArtifact(file, stages: models.stages)
    self.details = details
    byteCount = shown.output.byteCount
    var tensors: [TensorSummary] = []
    for entry in file.entries where entry.elementType == .float32 {
      tensors.append(try TensorSummary(entry, in: file))
    }
    self.tensors = tensors.sorted { $0.entry.name < $1.entry.name }
  }

  private var layers: [LayerSummary] { LayerSummary.layers(of: tensors) }

  private var parameterCount: Int { tensors.reduce(0) { $0 + $1.entry.count } }

  private var headline: String {
    let classNames = artifact.texts.classNames
    let classes = classNames.isEmpty ? "" : ", \(Spelling.count(classNames.count, "class"))"
    return "\(artifact.kindName), \(Spelling.count(parameterCount, "parameter"))\(classes)"
  }

  package func summary(width: Int) -> [String] {
    let steps = artifact.texts.source.steps.map(\.kind).joined(separator: " → ")
    return "\(headline); takes raw text: \(steps)".wrapped(to: width)
  }

  package func text(width: Int) -> [String] {
    // Models within the model are among the details of its kind.
    let configuration = (artifact.architecture.objectValue ?? [])
      .filter { $0.name != "model" && $0.value.objectValue == nil }
      .filter { $0.value.arrayValue?.first?.objectValue == nil }
      .map { "\($0.name) \($0.value.spelling)" }
    var lines = [headline] + Columns.lines(configuration, width: width)
    lines += [""] + LayerSummary.table(layers).lines(width: width)
    let norm = tensors.reduce(0) { $0 + $1.norm * $1.norm }.squareRoot()
    lines.append(
      "\(Spelling.count(parameterCount)) in all, norm \(Spelling.measure(norm));"
        + " \(Spelling.bytes(byteCount)) with the chain")
    let classNames = artifact.texts.classNames
    if !classNames.isEmpty {
      lines +=
        ["", "classes"] + classNames.map(\.printable).joined(separator: ", ").wrapped(to: width)
    }
    for detail in details { lines += ["", detail.title] + detail.table.lines(width: width) }
    for chain in [artifact.texts.source, artifact.texts.target].compactMap(\.self) {
      lines += ["", "from raw text to ids (column \(chain.column))"]
      lines += Self.table(of: chain).lines(width: max(width, 60))
    }
    return lines
  }

  package var tables: [ShownTable] {
    [ShownTable("layers", LayerSummary.table(layers))]
      + details.map { ShownTable($0.title, $0.table) }
  }

  package var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("architecture", artifact.architecture),
      .init("parameters", .integer(parameterCount)),
      .init("classes", .array(artifact.texts.classNames.map { .string($0) })),
      .init("layers", .array(layers.map(\.json))),
      .init("tensors", .array(tensors.map(\.json))),
      .init("chain", artifact.texts.source.json["steps"] ?? .null),
    ]
    if let target = artifact.texts.target {
      members.append(.init("target-chain", target.json["steps"] ?? .null))
    }
    members += details.map { .init($0.title, $0.json) }
    return .object(members)
  }

  private static func table(of chain: TextChain) -> TextTable {
    var table = TextTable([.number(), .name(), .text()])
    for (index, step) in chain.steps.enumerated() {
      let options = changedOptions(step).joined(separator: ", ")
      table.append(["\(index + 1)", step.kind, options.isEmpty ? "as by default" : options])
    }
    table.append(
      ["\(chain.steps.count + 1)", "vocabulary", Spelling.bytes(chain.vocabulary.count)])
    return table
  }

  /// The options of a step that are not their defaults, and the files it carries with it.
  private static func changedOptions(_ step: TextChain.Step) -> [String] {
    let declared =
      StageCatalog.standard[step.kind].map { StageCatalog.standard.describe($0) } ?? []
    let changed = step.options.filter { name, value in
      let standard = declared.first { $0.name == name }?.defaultValue
      return standard?.filter { $0 != "\"" } != value.spelling.filter { $0 != "\"" }
    }
    return changed.map { "\($0.name) \($0.value.spelling)" }
      + step.resources.map { "with its \($0.name) (\(Spelling.bytes($0.bytes.count)))" }
  }
}

extension JSONValue {
  /// A value as text; a 32-bit number has only the digits that it needs.
  package var spelling: String {
    switch self {
    case .string(let text): text
    case .number(let number) where Double(Float(number)) == number: "\(Float(number))"
    default: compact
    }
  }
}
