import Artifacts
import Diagnostics
import Pipelines
import Reports
import Stages

/// `report`: a pipeline's results with pictures, as one file of HTML.
struct Report: Command {
  static let name = "report"
  static let summary = "write one HTML page with the stages, data, training and scores"
  static let usage = "FILE"
  static let example = "millrace report pipelines/classify-bios.toml -o bios.html"
  static let target = CommandOption(
    "--output", "FILE", "where to write it, - for standard output; else NAME.html", short: "-o")
  static let options: [CommandOption] = [target, .set, .point, .store, .json]

  private let arguments: ParsedArguments
  private let file: String

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    file = try arguments.words(1...1)[0]
  }

  func run() throws(Diagnostic) -> ExitCode {
    let plan = try DefinitionFile(file, arguments).plan
    let store = ArtifactStore.chosen(by: arguments)
    let hold = store.holdToRead()
    defer { withExtendedLifetime(hold) {} }
    let assessment = Assessment(of: plan, in: store)
    store.showNotices()
    let evicted = EvictedOutputs(assessment: assessment, store: store)
    for stage in assessment.stages {
      let outputs = (stage.record?.outputs ?? []).filter { $0.type != ArtifactType.checkpoint.name }
      try evicted.makeAgain(outputs, of: stage.planned)
    }
    let stages = assessment.reportedStages(in: store)
    guard stages.contains(where: { $0.record != nil }) else {
      throw Diagnostic(.nothingToReport(file))
    }
    let report = PipelineReport(of: plan.definition, stages, in: store, command: command)
    let html = Array(try report.page().html.utf8)
    let name = plan.definition.name.split(separator: "/").last.map(String.init) ?? "report"
    let target = arguments.value(Self.target) ?? "\(name).html"
    guard target != "-" else {
      Terminal.output.write(bytes: html)
      return .fine
    }
    var output = try OutputFile(target)
    try output.write(html.span)
    try output.commit()
    if arguments.has(.json) {
      let json: JSONValue = ["file": .string(target), "bytes": .integer(html.count)]
      Terminal.output.line(json.compact)
    } else {
      Terminal.output.line("wrote \(target), \(Spelling.bytes(html.count))")
    }
    return .fine
  }

  /// What gives these results again.
  private var command: String {
    let overlay = arguments.values(.set).map { " --set '\($0)'" }
    return "millrace run \(file)\(overlay.joined())"
  }
}

extension Diagnostic.Message {
  fileprivate static func nothingToReport(_ file: String) -> Self {
    Self("there are no results to report on yet", remedy: "run `millrace run \(file)` first")
  }
}
