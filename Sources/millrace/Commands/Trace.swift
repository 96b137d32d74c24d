import Artifacts
import Chains
import Diagnostics
import Formats
import Pipelines
import Views

/// `trace`: one row through every stage.
struct Trace: Command {
  static let name = "trace"
  static let summary = "follow one row through every stage"
  static let usage = "FILE STAGE[.PORT] --row N"
  static let places = WordPlaces([.file], [.artifact])
  static let example = "millrace trace pipelines/classify-bios.toml evaluate.predictions --row 3"
  static let row = CommandOption("--row", "N", "which row of that stage's output, counted from 1")
  static let options: [CommandOption] = [row, .set, .point, .store, .json]

  private let arguments: ParsedArguments
  private let words: [String]
  private let row: Int

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    words = try arguments.words(2...2)
    guard let row = try arguments.number(Self.row, from: 1) else {
      throw Diagnostic(.rowMissing)
    }
    self.row = row
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let store = try ArtifactStore.holdingResults(chosenBy: arguments)
    let hold = store.holdToRead()
    defer { withExtendedLifetime(hold) {} }
    let assessment = try Assessment(of: DefinitionFile(words[0], arguments).plan, in: store)
    let part = PartName(words[1])
    let stage = try ShownStage(named: part.stage, in: assessment, store, arguments)
    if let note = stage.note(arguments) { Terminal.errors.line(note) }
    let output = try output(part.port, of: stage)
    let evicted = EvictedOutputs(assessment, store, arguments, until: interruption)
    let trace = try RowTrace(
      row: row, of: stage.planned, port: output.port, in: assessment, store
    ) { (stage, output) throws(Diagnostic) in try evicted.makeAgain([output], of: stage) }
    store.showNotices()
    if arguments.has(.json) {
      Terminal.output.line(trace.json.pretty)
    } else {
      for line in trace.text(width: Terminal.output.width) { Terminal.output.line(line) }
    }
    return .fine
  }

  /// The output that was named, or the only one that has rows.
  private func output(
    _ port: String?, of stage: ShownStage
  ) throws(Diagnostic) -> RecordedOutput {
    if let port {
      let output = try stage.output(port)
      guard output.hasRows else { throw Diagnostic(.noRows("\(stage.planned.name).\(port)")) }
      return output
    }
    let candidates = stage.record.outputs.filter(\.hasRows)
    guard let first = candidates.first else { throw Diagnostic(.noRows(stage.planned.name)) }
    guard candidates.count == 1 else {
      throw Diagnostic(.severalOutputs(stage.planned.name, candidates.map(\.port)))
    }
    return first
  }
}

extension RecordedOutput {
  /// Whether it holds rows that were loaded from a file.
  fileprivate var hasRows: Bool {
    content == .table || content?.isDataset ?? false
  }
}

extension Diagnostic.Message {
  fileprivate static let rowMissing = Self(
    "trace must be told which row", remedy: "add --row 1, or another number")

  fileprivate static func noRows(_ output: String) -> Self {
    Self("'\(output)' holds no rows", remedy: "name a stage that gives a table or a dataset")
  }

  static func severalOutputs(_ stage: String, _ ports: [String]) -> Self {
    Self(
      "'\(stage)' has several outputs",
      remedy: "name one: \(ports.map { "\(stage).\($0)" }.joined(separator: ", "))")
  }
}
