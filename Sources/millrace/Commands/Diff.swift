import Artifacts
import Diagnostics
import Digests
import Formats
import Pipelines
import Views

/// `diff`: the differences between two results, their causes, and whether they are significant.
struct Diff: Command {
  static let name = "diff"
  static let summary = "say what differs between two results, and whether it counts"
  static let usage = "A B   each a FILE, a RUN or last, or an artifact's DIGEST"
  static let places = WordPlaces([.run, .file], [.artifact, .run, .file], [.artifact])
  static let details = """
    also: FILE --set … FILE --set …    settings belong to the file before them
          FILE --set …         the definition, and the same with options changed
          FILE --point A --point B    two points of its sweep
          FILE STAGE.PORT STAGE.PORT  two of its artifacts
    """
  static let example = "millrace diff pipelines/classify-bios.toml --set train.hidden=32"
  static let options: [CommandOption] = [.set, .point, .store, .json]

  private let arguments: ParsedArguments
  private let words: [String]

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    words = try arguments.words(1...3)
    let isAlone = arguments.values(.set).isEmpty && arguments.values(.point).isEmpty
    if words.count == 1, isAlone { throw Diagnostic(.oneSide) }
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let store = try ArtifactStore.holdingResults(chosenBy: arguments)
    let hold = store.holdToRead()
    defer { withExtendedLifetime(hold) {} }
    if words.count == 3 {
      try compareArtifacts(
        of: words[0], PartName(words[1]), PartName(words[2]), in: store, until: interruption)
      return .fine
    }
    if words.count == 1 {
      let (a, b) = try variants(of: words[0], in: store)
      try compare(a, b, in: store)
      return .fine
    }
    switch (try Subject([words[0]], in: store), try Subject([words[1]], in: store)) {
    case (.artifact(let a), .artifact(let b)): try compare(a.output, b.output, in: store)
    case (let a, let b): try compare(side(1, a, in: store), side(2, b, in: store), in: store)
    }
    return .fine
  }

  private func compare(
    _ a: ComparedResult, _ b: ComparedResult, in store: ArtifactStore
  ) throws(Diagnostic) {
    let comparison = try ResultComparison(a, b, in: store)
    store.showNotices()
    if arguments.has(.json) {
      Terminal.output.line(comparison.json.pretty)
    } else {
      for line in comparison.text(width: Terminal.output.width) { Terminal.output.line(line) }
    }
  }

  /// One side: a run, or the results of a definition with the settings after it.
  private func side(
    _ number: Int, _ subject: Subject, in store: ArtifactStore
  ) throws(Diagnostic) -> ComparedResult {
    switch subject {
    case .run(let run): try ComparedResult("run \(run.name)", of: run, in: store)
    case .artifact(let stored):
      throw Diagnostic(.artifactWithResult(stored.output, among: try store.runs().map(\.name)))
    case .pin(let pin): throw Diagnostic(.pinWithResult(pin.name))
    case .definition(let file, _):
      try definition(file, arguments.belonging(toWord: number, [.set, .point]), in: store)
    }
  }

  /// Both sides from one definition: two points of a sweep, or without and with the settings.
  private func variants(
    of file: String, in store: ArtifactStore
  ) throws(Diagnostic) -> (ComparedResult, ComparedResult) {
    let points = arguments.values(.point)
    var first = arguments.replacing(.point, with: Array(points.prefix(1)))
    if points.count < 2 {
      first = arguments.replacing(.point, with: [])
      if points.isEmpty { first = first.replacing(.set, with: []) }
    }
    return (
      try definition(file, first, in: store), try definition(file, arguments, in: store)
    )
  }

  private func definition(
    _ file: String, _ arguments: ParsedArguments, in store: ArtifactStore
  ) throws(Diagnostic) -> ComparedResult {
    let title = arguments.title([file])
    let plan = try DefinitionFile(file, arguments).plan
    let assessment = try Assessment(of: plan, in: store)
    let missing = assessment.stages.filter { $0.record == nil }.map(\.planned.name)
    let points = Array(arguments.values(.point).suffix(1))
    let command = arguments.replacing(.point, with: points).next(RunPipeline.self, file)
    guard missing.count < assessment.stages.count else {
      throw Diagnostic(.notRun(title, command))
    }
    if !missing.isEmpty {
      Terminal.errors.line(
        "note: \(missing.joined(separator: ", ")) would have to run first: `\(command)`")
    }
    return ComparedResult(title, of: assessment, in: store)
  }

  private func compareArtifacts(
    of file: String, _ first: PartName, _ second: PartName, in store: ArtifactStore,
    until interruption: Interruption
  ) throws(Diagnostic) {
    let assessment = try Assessment(of: DefinitionFile(file, arguments).plan, in: store)
    let evicted = EvictedOutputs(assessment, store, arguments, until: interruption)
    var outputs: [RecordedOutput] = []
    for part in [first, second] {
      let stage = try ShownStage(named: part.stage, in: assessment, store, arguments)
      let named = try part.port.map { (port) throws(Diagnostic) in try stage.output(port) }
      guard let output = named ?? stage.mainOutput else {
        throw Diagnostic(.severalOutputs(stage.planned.name, stage.record.outputs.map(\.port)))
      }
      try evicted.makeAgain([output], of: stage.planned)
      outputs.append(output)
    }
    try compare(outputs[0], outputs[1], in: store)
  }

  private func compare(
    _ a: RecordedOutput, _ b: RecordedOutput, in store: ArtifactStore
  ) throws(Diagnostic) {
    guard a.type == b.type else { throw Diagnostic(.otherTypes(a.type, b.type)) }
    guard let difference = try ArtifactViews.difference(of: ComparedArtifacts(a, b, in: store))
    else {
      throw Diagnostic(.notComparable(a.type))
    }
    if arguments.has(.json) {
      Terminal.output.line(difference.json.pretty)
    } else if a.digest == b.digest {
      Terminal.output.line("the same \(a.type), byte for byte")
    } else {
      for line in difference.text(width: Terminal.output.width) { Terminal.output.line(line) }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static let oneSide = Self(
    "diff compares two results, but was given one definition",
    remedy: "name a second, or add --set or --point to compare it with itself changed")

  fileprivate static func pinWithResult(_ name: String) -> Self {
    Self(
      "'\(name)' is a pin, which may keep several results",
      remedy: "name a run, a definition or an artifact; `millrace show \(name)` lists what it keeps"
    )
  }

  fileprivate static func artifactWithResult(
    _ output: RecordedOutput, among runs: [String]
  ) -> Self {
    Self(
      "\(output.digest.short) is an artifact, and the other side is none",
      remedy: "name two artifacts, or two results; runs: "
        + (runs.isEmpty ? "none" : (["last"] + runs.prefix(3)).joined(separator: ", ")))
  }

  fileprivate static func notRun(_ title: String, _ command: String) -> Self {
    Self("'\(title)' has no results to compare", remedy: "run it first: `\(command)`")
  }

  fileprivate static func otherTypes(_ a: String, _ b: String) -> Self {
    Self("a \(a) cannot be compared with a \(b)", remedy: "name two artifacts of one type")
  }

  fileprivate static func notComparable(_ type: String) -> Self {
    Self(
      "artifacts of type '\(type)' cannot be compared", remedy: "compare them with --raw and diff")
  }
}
