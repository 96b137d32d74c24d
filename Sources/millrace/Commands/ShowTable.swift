import Artifacts
import Diagnostics
import Formats
import Pipelines
import Sweeps
import Views

/// `table`: the points of a sweep with their scores.
struct ShowTable: Command {
  static let name = "table"
  static let summary = "compare the points of a sweep"
  static let usage = ChosenSweep.usage
  static let places = ChosenSweep.places
  static let details = """
    Without [sweep.NAME] in the definition, a bare FILE shows the sweep last written out on a
    command line; `millrace runs FILE` lists the others.
    """
  static let example = "millrace table pipelines/classify-bios-sweep.toml grid --sort learning-rate"
  static let sort = CommandOption(
    "--sort", "COLUMN", .tableColumn, "sort by an option, a score or `point`")
  static let reverse = CommandOption("--reverse", "the other way round")
  static let options: [CommandOption] = [
    sort, reverse, OutputFormat.option, .set, .final, ChosenSweep.seeds, ChosenSweep.best, .store,
    .json,
  ]

  private let arguments: ParsedArguments
  private let words: [String]
  private let format: OutputFormat

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    words = try arguments.words(1...Int.max)
    format = try OutputFormat(arguments)
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let store = try ArtifactStore.lookedInto(by: arguments)
    let (words, arguments) = try ChosenSweep.completed(self.words, self.arguments, in: store)
    let plan = try ChosenSweep(words, arguments).plan
    let status = try SweepStatus(of: plan, in: store)
    store.showNotices()
    try store.countLook(at: plan.base)
    var table = try SweepTable(status, in: store)
    if let column = arguments.value(Self.sort) { try table.sort(by: column) }
    if arguments.has(Self.reverse) { table.reverse() }
    let output = Terminal.output
    switch format {
    case .text:
      for line in table.text(width: output.width) { output.line(line) }
      for line in SweepAdvice(table, words, arguments).lines(width: output.width) {
        output.line(line)
      }
      let waiting = status.points.count { $0.state == .waiting }
      if waiting > 0 {
        let command = arguments.next(RunSweep.self, words)
        let points = Spelling.count(status.points.count, "point")
        output.line(
          "  \(waiting) of \(points) \(waiting == 1 ? "is" : "are") not done: `\(command)`")
      }
    case .markdown: for line in table.markdown { output.line(line) }
    case .csv: for line in table.csv { output.line(line) }
    case .json: output.line(table.json.pretty)
    }
    return .fine
  }
}
