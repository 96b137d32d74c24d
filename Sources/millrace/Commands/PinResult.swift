import Artifacts
import Chains
import Diagnostics
import Digests
import Formats
import Pipelines
import Reports

/// `pin`: keeps results from being removed by `gc`.
struct PinResult: Command {
  static let name = "pin"
  static let summary = "keep results from being removed; without words, list what is kept"
  static let usage = "[FILE [STAGE[.PORT]] | DIGEST | RUN | last]"
  static let places = WordPlaces([.run, .file], [.artifact])
  static let example = "millrace pin pipelines/classify-bios.toml train.model --name best"
  static let pinName = CommandOption("--name", "NAME", "what `unpin` takes; made up unless given")
  static let options: [CommandOption] = [pinName, .set, .point, .store, .json]

  private let arguments: ParsedArguments
  private let words: [String]

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    words = try arguments.words(0...2)
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    guard !words.isEmpty else {
      list(try Pin.all(in: .lookedInto(by: arguments)))
      return .fine
    }
    let store = try ArtifactStore.holdingResults(chosenBy: arguments)
    let pin = try pin(in: store, until: interruption)
    // A damaged pin is replaced too.
    let existing = try? Pin(named: pin.name, in: store)
    let replaced = existing.flatMap { $0.about != pin.about ? $0 : nil }
    try pin.save(in: store)
    if arguments.has(.json) {
      let before = replaced.map { [JSONValue.Member("replaced", .string($0.about))] } ?? []
      Terminal.output.line(JSONValue.object((pin.json.objectValue ?? []) + before).pretty)
    } else {
      if let replaced {
        Terminal.output.line("'\(replaced.name)' no longer keeps \(replaced.about)")
      }
      var objects = Set(pin.objects)
      for key in pin.keys {
        objects.formUnion(try store.storedRecord(key)?.outputs.map(\.digest) ?? [])
      }
      var size = 0
      var evicted = 0
      for object in objects {
        size += try store.byteCount(of: object) ?? 0
        evicted += try store.isEvicted(object) ? 1 : 0
      }
      Terminal.output.line("pinned \(pin.about) as '\(pin.name)', \(Spelling.bytes(size))")
      if evicted > 0 {
        Terminal.output.line("\(Spelling.count(evicted, "output")) of it was evicted before")
      }
    }
    return .fine
  }

  private func list(_ pins: [Pin]) {
    if arguments.has(.json) {
      Terminal.output.line((["pins": .array(pins.map(\.json))] as JSONValue).pretty)
    } else if pins.isEmpty {
      Terminal.output.line("nothing is pinned")
    } else {
      var table = TextTable([.name("pin"), .text("what")])
      for pin in pins { table.append([pin.name, pin.about]) }
      for line in table.lines(width: Terminal.output.width) { Terminal.output.line(line) }
    }
  }

  private func pin(
    in store: ArtifactStore, until interruption: Interruption
  ) throws(Diagnostic) -> Pin {
    switch try Subject(words, in: store) {
    case .run(let run):
      var pin = Pin(name: arguments.value(Self.pinName) ?? run.name, about: "run \(run.name)")
      pin.runs = [run.name]
      pin.keys = try run.work.results.map(\.key)
      return pin
    case .artifact(let stored):
      let output = stored.output
      guard try !store.isEvicted(output.digest) else { throw Diagnostic(.evicted(output)) }
      let digest = output.digest
      var pin = Pin(
        name: arguments.value(Self.pinName) ?? digest.short, about: "artifact \(digest.short)")
      pin.objects = [digest]
      return pin
    case .pin(var pin):
      if let name = arguments.value(Self.pinName) {
        let (about, keys, objects, runs) = (pin.about, pin.keys, pin.objects, pin.runs)
        pin = Pin(name: name, about: about)
        (pin.keys, pin.objects, pin.runs) = (keys, objects, runs)
      }
      return pin
    case .definition(let file, let part):
      return try pin(part, of: file, in: store, until: interruption)
    }
  }

  /// The results of a definition, of a stage, or one output.
  private func pin(
    _ part: PartName?, of file: String, in store: ArtifactStore,
    until interruption: Interruption
  ) throws(Diagnostic) -> Pin {
    let assessment = try Assessment(of: DefinitionFile(file, arguments).plan, in: store)
    let made = [assessment.plan.definition.name] + (part.map { ["\($0)"] } ?? [])
    var pin = Pin(
      name: arguments.value(Self.pinName) ?? made.joined(separator: "."),
      about: arguments.title(words))
    guard let part else {
      pin.keys = assessment.stages.compactMap { $0.record?.key }
      guard !pin.keys.isEmpty else {
        throw Diagnostic(.nothingToPin(file, arguments.next(RunPipeline.self, file)))
      }
      return pin
    }
    let shown = try ShownStage(named: part.stage, in: assessment, store, arguments)
    if let note = shown.note(arguments) { Terminal.errors.line(note) }
    let evicted = EvictedOutputs(assessment, store, arguments, until: interruption)
    if let port = part.port {
      let output = try shown.output(port)
      try evicted.makeAgain([output], of: shown.planned)
      pin.objects = [output.digest]
    } else {
      let outputs = shown.record.outputs.filter { $0.content != .checkpoint }
      try evicted.makeAgain(outputs, of: shown.planned)
      pin.keys = [shown.record.key]
    }
    return pin
  }
}

extension Pin {
  fileprivate var json: JSONValue {
    [
      "name": .string(name), "about": .string(about),
      "keys": .array(keys.map { .string("\($0)") }),
      "objects": .array(objects.map { .string("\($0)") }),
      "runs": .array(runs.map { .string($0) }),
    ]
  }
}

extension Diagnostic.Message {
  fileprivate static func nothingToPin(_ file: String, _ command: String) -> Self {
    Self("'\(file)' has no results yet", remedy: "run `\(command)` first")
  }
}
