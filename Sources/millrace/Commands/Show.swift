import Artifacts
import Chains
import Diagnostics
import Digests
import Formats
import Pipelines
import Stages
import Views

/// `show`: the contents of a pipeline's artifacts.
struct Show: Command {
  static let name = "show"
  static let summary = "look into the artifacts of a pipeline, or at a run"
  static let usage = "FILE [STAGE | STAGE.PORT | DIGEST], or DIGEST, or RUN, or last, or PIN"
  static let places = WordPlaces([.run, .pin, .file], [.artifact])
  static let example = "millrace show pipelines/classify-bios.toml split.train --grep piano"
  static let rows = CommandOption(
    "--rows", "N", "rows to show: 5, or 20 where an option chooses or sorts them")
  static let row = CommandOption("--row", "N", "show the N-th row whole, counted from 1")
  static let grep = CommandOption("--grep", "TEXT", "show the rows that contain a text")
  static let raw = CommandOption("--raw", "write the artifact's bytes, for other programs")
  static let wrong = CommandOption(
    "--wrong", "rows that were given a wrong class, with the words behind it")
  static let truth = CommandOption("--true", "CLASS", "of predictions: rows of this class")
  static let predicted = CommandOption(
    "--predicted", "CLASS", "of predictions: rows taken for this class")
  static let sort = CommandOption(
    "--sort", PredictionSelection.Order.self, "of predictions: as scored, or the surest first")
  static let near = CommandOption(
    "--near", "TEXT", "of features: the rows that are nearest to a text")
  static let options: [CommandOption] = [
    rows, row, grep, near, wrong, truth, predicted, sort, OutputFormat.option, raw, .set, .point,
    .final,
    .store, .json,
  ]

  private let arguments: ParsedArguments
  private let words: [String]
  private let selection: RowSelection
  private let format: OutputFormat
  private var terminal: Terminal { Terminal.output }
  private var isOfRows: Bool { selection.isNarrow || arguments.has(Self.raw) }

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    words = try arguments.words(1...2)
    let text = arguments.value(Self.grep)
    let predictions = try Self.predictions(arguments)
    format = try OutputFormat(arguments)
    selection = RowSelection(
      limit: try arguments.number(Self.rows, from: 0)
        ?? (text == nil && predictions == nil ? 5 : 20),
      row: try arguments.number(Self.row, from: 1), text: text, predictions: predictions,
      near: arguments.value(Self.near))
    let selections = [
      selection.row != nil || text != nil, predictions != nil, selection.near != nil,
    ]
    if selections.count(where: \.self) > 1 { throw Diagnostic(.twoSelections) }
  }

  /// The rows of predictions that are wanted; nil when no option says any.
  private static func predictions(
    _ arguments: ParsedArguments
  ) throws(Diagnostic) -> PredictionSelection? {
    let order: PredictionSelection.Order? = try arguments.choice(sort)
    let (label, answer) = (arguments.value(truth), arguments.value(predicted))
    guard arguments.has(wrong) || label != nil || answer != nil || order != nil else { return nil }
    return PredictionSelection(
      isWrong: arguments.has(wrong), truth: label, predicted: answer, order: order ?? .row)
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let isOverview = words.count == 1 && DefinitionFile.isNamed(by: words[0])
    let store =
      try isOverview
      ? ArtifactStore.lookedInto(by: arguments) : .holdingResults(chosenBy: arguments)
    let hold = store.holdToRead()
    defer { withExtendedLifetime(hold) {} }
    let console = OutputConsole(
      arguments: arguments, selection: selection, format: format, store: store)
    switch try Subject(words, in: store) {
    case .run(let run): try show(ShownRun(run, in: store))
    case .artifact(let stored): try show(stored, console)
    case .pin(let pin):
      let shown = try ShownPin(pin, in: store)
      let lines = arguments.has(.json) ? [shown.json.pretty] : shown.text(width: terminal.width)
      for line in lines { terminal.line(line) }
    case .definition(let file, let part):
      let plan = try DefinitionFile(file, arguments).plan
      let assessment = try Assessment(of: plan, in: store)
      try store.countLook(at: plan)
      if let note = plan.foldNote { Terminal.errors.line(note) }
      if let part {
        try show(part, in: assessment, console, until: interruption)
      } else {
        guard !isOfRows else { throw Diagnostic(.noTarget) }
        try Overview(assessment, store).show(as: format)
      }
    }
    return .fine
  }

  /// A stage, or one of its outputs.
  private func show(
    _ part: PartName, in assessment: Assessment, _ console: OutputConsole,
    until interruption: Interruption
  ) throws(Diagnostic) {
    let store = console.store
    let (stage, output) = try target(part, in: assessment, store)
    if let note = stage.note(arguments) { Terminal.errors.line(note) }
    let evicted = EvictedOutputs(assessment, store, arguments, until: interruption)
    if output == nil, !isOfRows, format == .text || format == .json {
      try evicted.makeAgain(stage.mainOutput.map { [$0] } ?? [], of: stage.planned)
      return try show(stage, in: store)
    }
    var named = output
    if named == nil, selection.predictions != nil { named = try stage.output(Predictions.portName) }
    if named == nil, selection.near != nil { named = stage.record.output(holding: .features) }
    let wanted = try single(named, of: stage)
    try evicted.makeAgain([wanted], of: stage.planned)
    try console.show(wanted, called: "\(stage.planned.name).\(wanted.port)") {
      (selection) throws(Diagnostic) in try stage.view(of: wanted, in: store, selection)
    }
  }

  /// Shows an artifact that was named by its digest, without a definition.
  private func show(_ stored: StoredOutput, _ console: OutputConsole) throws(Diagnostic) {
    let output = stored.output
    guard try !console.store.isEvicted(output.digest) else { throw Diagnostic(.evicted(output)) }
    try console.show(output, called: output.port) { (selection) throws(Diagnostic) in
      try stored.view(in: console.store, selection)
    }
  }

  private func show(_ run: ShownRun) throws(Diagnostic) {
    let output = Terminal.output
    switch format {
    case .json: output.line(run.json.pretty)
    case .text: for line in run.text(width: output.width) { output.line(line) }
    case .csv, .markdown:
      for line in try format.lines(of: [ShownTable("stages", run.table)]) { output.line(line) }
    }
  }

  /// The stage that is named, and the output if one is; where no stage is so called, the output with
  /// that digest.
  private func target(
    _ part: PartName, in assessment: Assessment, _ store: ArtifactStore
  ) throws(Diagnostic) -> (ShownStage, RecordedOutput?) {
    if let prefix = DigestPrefix("\(part)"), assessment["\(part)"] == nil {
      let found = try ShownStage.outputs(withDigest: prefix, in: assessment, store)
      guard let first = found.first else { throw Diagnostic(.noDigest(prefix)) }
      let digests = Set(found.map(\.output.digest))
      guard digests.count == 1 else { throw Diagnostic(.severalDigests(prefix, digests.count)) }
      return (first.stage, first.output)
    }
    let stage = try ShownStage(named: part.stage, in: assessment, store, arguments)
    return (stage, try part.port.map { (port) throws(Diagnostic) in try stage.output(port) })
  }

  /// The output that was named, or else the main output of the stage.
  private func single(
    _ output: RecordedOutput?, of stage: ShownStage
  ) throws(Diagnostic) -> RecordedOutput {
    if let output = output ?? stage.mainOutput { return output }
    throw Diagnostic(.severalOutputs(stage.planned.name, stage.record.outputs.map(\.port)))
  }

  /// Shows the record, then the main output in full, or all outputs in short.
  private func show(_ stage: ShownStage, in store: ArtifactStore) throws(Diagnostic) {
    let record = RecordView(stage.record, of: stage.planned.name)
    let main = stage.mainOutput
    if format == .json {
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
    if let main = stage.mainOutput, main.content == .scores {
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
    "--row, --grep, --wrong and --raw need to know of which artifact",
    remedy: "name a stage, or STAGE.PORT, behind the file")

  fileprivate static let twoSelections = Self(
    "--row and --grep, --near, and --wrong, --true, --predicted and --sort cannot be joined",
    remedy: "leave some of them out")

  static func evicted(_ output: RecordedOutput) -> Self {
    Self(
      "the \(output.type) \(output.digest.short) was evicted",
      remedy: "name it by its definition, as FILE STAGE.PORT, and it is made again")
  }

  fileprivate static func noDigest(_ prefix: DigestPrefix) -> Self {
    Self(
      "no stage or artifact of this definition is called '\(prefix)'",
      remedy: "`millrace show FILE` lists the artifacts with their digests")
  }

  fileprivate static func severalDigests(_ prefix: DigestPrefix, _ count: Int) -> Self {
    Self("\(count) artifacts have digests that start with '\(prefix)'", remedy: "give more digits")
  }
}
