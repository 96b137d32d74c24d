import Artifacts
import Diagnostics
import Digests
import Formats
import TOML

/// A stage that is to be carried out, as a text in the store that a worker anywhere can read.
///
/// It holds what the stage was planned from: the definition's own lines about it and the stages that it
/// needs, so that an edit meanwhile does not matter, what overrode their options, and the variables of
/// the environment that they may name.
package struct WrittenOrder: Sendable {
  package let key: Digest
  /// The definition's name for the stage.
  package let stage: String
  let neededPorts: Set<String>
  /// The ports that other stages of the definition read.
  let readPorts: Set<String>
  /// The path of the definition, as it was given, and the folder that it is relative to.
  let path: String
  let folder: String
  let extract: DefinitionExtract
  let overlay: [GivenOverlay]
  let variables: [(name: String, value: String)]
  /// Whether checkpoints of a failure stay.
  package let keepsStateOfFailures: Bool

  init(
    _ order: StageOrder, _ outline: DefinitionOutline, keepsStateOfFailures: Bool
  ) throws(Diagnostic) {
    key = order.key.digest
    stage = order.stage.baseName
    neededPorts = order.neededPorts
    readPorts = order.readPorts
    path = order.definition.path
    folder = try WorkingFolder.path
    extract = outline.extract(order.lineage)
    overlay = order.stage.overlay
    variables = EnvironmentWords.named(in: extract.pieces.map(\.text) + overlay.map(\.spelling))
    self.keepsStateOfFailures = keepsStateOfFailures
  }

  /// The order on a key; nil when there is none.
  ///
  /// - Throws: when it cannot be read.
  package init?(_ key: Digest, in store: ArtifactStore) throws(Diagnostic) {
    let name = "\(key)"
    guard let bytes = try store.order(named: name) else { return nil }
    let json = try JSONValue(parsing: bytes, file: "\(store.ordersFolder)/\(name)")
    guard let order = WrittenOrder(json, key) else { throw Diagnostic(.damagedOrder(key)) }
    self = order
  }

  private init?(_ json: JSONValue, _ key: Digest) {
    guard let stage = json["stage"]?.stringValue, let path = json["path"]?.stringValue,
      let folder = json["folder"]?.stringValue,
      let extract = json["definition"].flatMap({ DefinitionExtract($0) }),
      let ports = json["ports"]?.arrayValue, let readPorts = json["read-ports"]?.arrayValue,
      let overlay = json["overlay"]?.arrayValue,
      let variables = json["environment"]?.objectValue,
      let keepsState = json["keeps-state-of-failures"]?.boolValue
    else { return nil }
    self.key = key
    self.stage = stage
    self.path = path
    self.folder = folder
    self.extract = extract
    neededPorts = Set(ports.compactMap(\.stringValue))
    self.readPorts = Set(readPorts.compactMap(\.stringValue))
    self.overlay = overlay.compactMap { GivenOverlay($0) }
    self.variables = variables.map { ($0.name, $0.value.stringValue ?? "") }
    keepsStateOfFailures = keepsState
    guard self.overlay.count == overlay.count else { return nil }
  }

  /// Puts the order into the store, and takes away what an earlier attempt left of its ending.
  func write(to store: ArtifactStore) throws(Diagnostic) {
    store.removeOrder(named: WrittenEnding.name(of: key))
    try store.setOrder(named: "\(key)", to: json.pretty + "\n")
  }

  /// The path of the definition, without links.
  package var definition: String {
    DefinitionRoot.canonical(path.hasPrefix("/") ? path : "\(folder)/\(path)")
  }

  /// What overrides the options of stages: `train.hidden=64`.
  package var settings: [String] { overlay.map { "\($0.name)=\($0.spelling)" } }

  /// What overrides the options of the stages that it has.
  var overlayOfExtract: [GivenOverlay] {
    guard let stages = extract.stages else { return overlay }
    return overlay.filter { change in
      change.stage.map(stages.contains) ?? !change.isFinal
    }
  }

  private var json: JSONValue {
    [
      "stage": .string(stage), "ports": .array(neededPorts.sorted().map { .string($0) }),
      "read-ports": .array(readPorts.sorted().map { .string($0) }),
      "path": .string(path), "folder": .string(folder),
      "overlay": .array(overlay.map(\.order)),
      "environment": .object(variables.map { .init($0.name, .string($0.value)) }),
      "keeps-state-of-failures": .bool(keepsStateOfFailures), "definition": extract.json,
    ]
  }
}

extension Diagnostic.Message {
  fileprivate static func damagedOrder(_ key: Digest) -> Self {
    Self("the order \(key.short) was written by another version, or damaged", remedy: "run again")
  }
}
