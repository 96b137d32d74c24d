import Artifacts
import Chains
import Diagnostics
import Files
import Formats
import Pages
import Pipelines
import Sweeps
import Views

/// `report`: a pipeline's results with pictures, as one file of HTML.
struct Report: Command {
  static let name = "report"
  static let summary = "write one HTML page with the stages, data, training and scores"
  static let usage = "FILE"
  static let places = WordPlaces([.file])
  static let example = "millrace report pipelines/classify-bios.toml -o bios.html"
  static let target = CommandOption(
    "--output", "FILE", .file, "where to write it, - for standard output; else NAME.html",
    short: "-o")
  static let figures = CommandOption(
    "--figures", "DIR", .file,
    "write each figure as SVG, each table as LaTeX, CSV and Markdown, into it")
  static let options: [CommandOption] = [target, figures, .set, .point, .final, .store, .json]
  static let details = """
    Where only points of sweeps were run, the best of all that rank by the same score is shown.
    """

  private let arguments: ParsedArguments
  private let file: String

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    file = try arguments.words(1...1)[0]
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let opened = try DefinitionFile(file, arguments)
    var plan = opened.plan
    let store = try ArtifactStore.holdingResults(chosenBy: arguments)
    let hold = store.holdToRead()
    defer { withExtendedLifetime(hold) {} }
    var assessment = try Assessment(of: plan, in: store)
    store.showNotices()
    try store.countLook(at: plan)
    let statuses = try sweeps(of: plan).map { (sweep) throws(Diagnostic) in
      try SweepStatus(of: sweep, in: store)
    }
    var settings = ReportedSettings(
      given: opened.given, point: arguments.value(.point), ofPoint: opened.ofPoint)
    if assessment.stages.last?.record == nil, arguments.value(.point) == nil,
      let best = ReportedSettings(bestOf: statuses, given: settings.given)
    {
      settings = best
      plan = try DefinitionFile(file, arguments, also: best.ofPoint).plan
      assessment = try Assessment(of: plan, in: store)
    }
    try makeAgainWhatIsShown(assessment, store, until: interruption)
    let stages = try assessment.reportedStages(in: store)
    guard stages.contains(where: { $0.record != nil }) else {
      throw Diagnostic(.nothingToReport(arguments.next(RunPipeline.self, file)))
    }
    var sweeps: [SweepTable] = []
    for status in statuses { sweeps.append(try SweepTable(status, in: store)) }
    let report = PipelineReport(
      of: plan.definition, stages, in: store, with: settings, command: command(settings),
      sweeps: sweeps, bestCommands: bestCommands(sweeps))
    let page = try report.page()
    let exhibits = try writeExhibits(of: page)
    let html = Array(page.html.utf8)
    let name = plan.definition.name.split(separator: "/").last.map(String.init) ?? "report"
    let target = arguments.value(Self.target) ?? "\(name).html"
    guard target != "-" else {
      Terminal.output.write(bytes: html)
      return .fine
    }
    var output = try OutputFile(target)
    let isStandardOutput = output.isStandardOutput
    try output.write(html.span)
    try output.commit()
    guard !isStandardOutput else { return .fine }
    if arguments.has(.json) {
      let json: [JSONValue.Member] = [
        .init("file", .string(target)), .init("bytes", .integer(html.count)),
      ]
      let counts: [JSONValue.Member] =
        exhibits.map {
          [
            .init("figures", .integer($0.figureCount)), .init("tables", .integer($0.tableCount)),
          ]
        } ?? []
      Terminal.output.line(JSONValue.object(json + counts).compact)
    } else {
      Terminal.output.line("wrote \(target), \(Spelling.bytes(html.count))")
      if let exhibits, let folder = arguments.value(Self.figures) {
        Terminal.output.line(
          "wrote \(Spelling.count(exhibits.figureCount, "figure")) and"
            + " \(Spelling.count(exhibits.tableCount, "table")) into \(folder)")
      }
    }
    return .fine
  }

  /// Writes the figures and tables of the page into the folder that was asked for; nil without one.
  private func writeExhibits(of page: Page) throws(Diagnostic) -> ExhibitFiles? {
    guard let folder = arguments.value(Self.figures) else { return nil }
    let exhibits = ExhibitFiles(of: page)
    try Folder.create(folder)
    for file in exhibits.files {
      // A link there would lead out of the folder that was named.
      let path = "\(folder)/\(file.name)"
      try OutputFile.write(path, isOurs: true) { (output) throws(Diagnostic) in
        try output.write(Array(file.text.utf8).span)
      }
    }
    return exhibits
  }

  /// The commands that run the best points of sweeps, by the sweeps' names.
  private func bestCommands(_ sweeps: [SweepTable]) -> [String: String] {
    var commands: [String: String] = [:]
    for sweep in sweeps {
      guard let best = sweep.rows.first(where: \.isBest) else { continue }
      let words = ["millrace", "run", file] + best.point.point.arguments
      commands[sweep.status.plan.sweep.name] =
        ShellWord.line(words)
    }
    return commands
  }

  /// Runs the stages whose outputs the page shows and that were evicted.
  private func makeAgainWhatIsShown(
    _ assessment: Assessment, _ store: ArtifactStore, until interruption: Interruption
  ) throws(Diagnostic) {
    let evicted = EvictedOutputs(assessment, store, arguments, until: interruption)
    for stage in assessment.stages {
      let outputs = (stage.record?.outputs ?? []).filter { $0.content != .checkpoint }
      try evicted.makeAgain(outputs, of: stage.planned)
    }
  }

  /// The planned sweeps of the definition, that of its folds first; those that cannot be planned with
  /// the settings given are left out, with a note.
  private func sweeps(of plan: Plan) throws(Diagnostic) -> [SweepPlan] {
    var sweeps: [SweepPlan] = []
    let ofFolds = plan.foldedStages.isEmpty ? [] : [Sweep.ofFolds]
    for name in ofFolds + plan.definition.sweeps.map(\.name).filter({ !ofFolds.contains($0) }) {
      switch try ChosenSweep.reading([file, name], arguments) {
      case .plan(let sweep): sweeps.append(sweep)
      case .problems(let problems):
        let problem = problems.first.map { ": \($0.message.problem)" } ?? ""
        Terminal.errors.line("note: the sweep '\(name)' is left out\(problem)".disarmed)
      }
    }
    return sweeps
  }

  /// The command that makes these results again.
  private func command(_ settings: ReportedSettings) -> String {
    "millrace run "
      + ShellWord.line([file] + settings.arguments)
  }
}

extension Diagnostic.Message {
  fileprivate static func nothingToReport(_ command: String) -> Self {
    Self("there are no results to report on yet", remedy: "run `\(command)` first")
  }
}
