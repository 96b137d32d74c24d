import Artifacts
import Chains
import Diagnostics
import Digests
import Formats
import Pipelines
import Stages
import Views

/// `show`: what is in the artifacts of a pipeline.
struct Show: Command {
  static let name = "show"
  static let summary = "look into the artifacts of a pipeline, or at a run"
  static let usage = "FILE [STAGE | STAGE.PORT | DIGEST], or DIGEST, or RUN, or last"
  static let places = WordPlaces([.run, .file], [.artifact])
  static let example = "millrace show pipelines/classify-bios.toml split.train --grep piano"
  static let rows = CommandOption(
    "--rows", "N", "how many rows to show; 5 unless given, 20 with --grep")
  static let row = CommandOption("--row", "N", "show the N-th row whole, counted from 1")
  static let grep = CommandOption("--grep", "TEXT", "show the rows that contain a text")
  static let raw = CommandOption("--raw", "write the artifact's bytes, for other programs")
  static let options: [CommandOption] = [rows, row, grep, raw, .set, .point, .store, .json]

  private let arguments: ParsedArguments
  private let words: [String]
  private let selection: RowSelection
  private var isOfRows: Bool { selection.isNarrow || arguments.has(Self.raw) }

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    words = try arguments.words(1...2)
    let text = arguments.value(Self.grep)
    selection = RowSelection(
      limit: try arguments.number(Self.rows, from: 0) ?? (text == nil ? 5 : 20),
      row: try arguments.number(Self.row, from: 1), text: text)
  }

  func run(heeding interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let store = ArtifactStore.chosen(by: arguments)
    let hold = store.holdToRead()
    defer { withExtendedLifetime(hold) {} }
    if words.count == 1, let run = try store.run(named: words[0]) {
      show(try ShownRun(run, in: store))
      return .fine
    }
    let console = OutputConsole(arguments: arguments, selection: selection, store: store)
    if words.count == 1, !DefinitionFile.isNamed(by: words[0]) {
      try show(try StoredOutput(named: words[0], in: store), console)
      return .fine
    }
    let plan = try DefinitionFile(words[0], arguments).plan
    let assessment = try Assessment(of: plan, in: store)
    guard words.count > 1 else {
      guard !isOfRows else { throw Diagnostic(.noTarget) }
      try Overview(assessment, store).show(isJSON: arguments.has(.json))
      return .fine
    }
    let (stage, output) = try target(words[1], in: assessment, store)
    if let note = stage.note(arguments) { Terminal.errors.line(note) }
    let evicted = EvictedOutputs(assessment, store, arguments, heeding: interruption)
    if output == nil, !isOfRows {
      try evicted.makeAgain(stage.mainOutput.map { [$0] } ?? [], of: stage.planned)
      try show(stage, in: store)
      return .fine
    }
    let wanted = try single(output, of: stage)
    try evicted.makeAgain([wanted], of: stage.planned)
    try console.show(wanted, called: "\(stage.planned.name).\(wanted.port)") {
      (selection) throws(Diagnostic) in try stage.view(of: wanted, in: store, selection)
    }
    return .fine
  }

  /// An artifact that no definition was named for.
  private func show(_ stored: StoredOutput, _ console: OutputConsole) throws(Diagnostic) {
    let output = stored.output
    guard try !console.store.isEvicted(output.digest) else { throw Diagnostic(.evicted(output)) }
    try console.show(output, called: output.port) { (selection) throws(Diagnostic) in
      try stored.view(in: console.store, selection)
    }
  }

  private func show(_ run: ShownRun) {
    if arguments.has(.json) {
      Terminal.output.line(run.json.pretty)
    } else {
      for line in run.text(width: Terminal.output.width) { Terminal.output.line(line) }
    }
  }

  /// The stage that a word names, and the output if it names one.
  private func target(
    _ word: String, in assessment: Assessment, _ store: ArtifactStore
  ) throws(Diagnostic) -> (ShownStage, RecordedOutput?) {
    let parts = word.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let isDigest = word.utf8.count >= 6 && word.allSatisfy { $0.isHexDigit && !$0.isUppercase }
    if isDigest, assessment[word] == nil {
      let found = try ShownStage.outputs(withDigest: word, in: assessment, store)
      guard let first = found.first else { throw Diagnostic(.noDigest(word)) }
      let digests = Set(found.map(\.output.digest))
      guard digests.count == 1 else { throw Diagnostic(.severalDigests(word, digests.count)) }
      return (first.stage, first.output)
    }
    let stage = try ShownStage(named: String(parts[0]), in: assessment, store, arguments)
    return (stage, parts.count > 1 ? try stage.output(String(parts[1])) : nil)
  }

  /// The output that was named, or the one that stands for the stage.
  private func single(
    _ output: RecordedOutput?, of stage: ShownStage
  ) throws(Diagnostic) -> RecordedOutput {
    if let output = output ?? stage.mainOutput { return output }
    throw Diagnostic(.severalOutputs(stage.planned.name, stage.record.outputs.map(\.port)))
  }

  /// The record, then the outputs: in full where one stands for the stage, else in short.
  private func show(_ stage: ShownStage, in store: ArtifactStore) throws(Diagnostic) {
    let record = RecordView(stage.record, of: stage.planned.name)
    let main = stage.mainOutput
    if arguments.has(.json) {
      return Terminal.output.line(try json(record, of: stage, in: store).pretty)
    }
    let width = Terminal.output.width
    for line in record.text(width: width) { Terminal.output.line(line) }
    for output in stage.record.outputs {
      Terminal.output.line()
      Terminal.output.line(
        OutputConsole.heading(output, called: "\(stage.planned.name).\(output.port)"))
      guard try !store.isEvicted(output.digest) else {
        Terminal.output.line("evicted; name it to have it made again")
        continue
      }
      let view = try stage.view(of: output, in: store, selection)
      if output == main { Terminal.output.line() }
      let lines = output == main ? view.text(width: width) : view.summary(width: width)
      for line in lines { Terminal.output.line(line) }
    }
    if let shared = try stage.sharedTexts(in: store) {
      Terminal.output.line()
      for line in shared.text(width: width) { Terminal.output.line(line) }
    }
  }

  /// The record with the outputs' contents; of a stage that scores, the scores with the record.
  private func json(
    _ record: RecordView, of stage: ShownStage, in store: ArtifactStore
  ) throws(Diagnostic) -> JSONValue {
    if let main = stage.mainOutput, main.type == ArtifactType.scores.name {
      let scores = try stage.view(of: main, in: store, selection).json.objectValue ?? []
      let outputs = stage.record.outputs.map { output in
        JSONValue.Member(output.port, .object(output.members))
      }
      let made = (record.json.objectValue ?? []) + [.init("outputs", .object(outputs))]
      return .object(scores + [.init("record", .object(made))])
    }
    var outputs: [JSONValue.Member] = []
    for output in stage.record.outputs {
      guard try !store.isEvicted(output.digest) else {
        outputs.append(.init(output.port, .object(output.members + [.init("evicted", true)])))
        continue
      }
      let content = try stage.view(of: output, in: store, selection).json
      outputs.append(
        .init(output.port, .object(output.members + [.init("content", content)])))
    }
    let shared = try stage.sharedTexts(in: store).map {
      [JSONValue.Member("shared-texts", $0.json)]
    }
    return .object(
      (record.json.objectValue ?? []) + [.init("outputs", .object(outputs))] + (shared ?? []))
  }
}

extension Diagnostic.Message {
  fileprivate static let noTarget = Self(
    "--row, --grep and --raw need to know of which artifact",
    remedy: "name a stage, or STAGE.PORT, behind the file")

  static func evicted(_ output: RecordedOutput) -> Self {
    Self(
      "the \(output.type) \(output.digest.short) was evicted",
      remedy: "name it by its definition, as FILE STAGE.PORT, and it is made again")
  }

  fileprivate static func noDigest(_ prefix: String) -> Self {
    Self(
      "no stage or artifact of this definition is called '\(prefix)'",
      remedy: "`millrace show FILE` lists the artifacts with their digests")
  }

  fileprivate static func severalDigests(_ prefix: String, _ count: Int) -> Self {
    Self("\(count) artifacts have digests that start with '\(prefix)'", remedy: "give more digits")
  }
}
