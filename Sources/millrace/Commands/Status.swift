import Artifacts
import Diagnostics
import Executors
import Formats
import Pipelines
import Reports

/// `status`: what a run would do.
struct Status: Command {
  static let name = "status"
  static let summary = "say which stages are up to date, and which are in jobs of a cluster"
  static let usage = "FILE [STAGE…]"
  static let places = WordPlaces([.file], rest: [.stage])
  static let example = "millrace status pipelines/classify-bios.toml"
  static let check = CommandOption("--check", "exit with 3 when something is stale")
  static let options: [CommandOption] = [.set, .point, .final, check, .store, .json]

  private let arguments: ParsedArguments
  private let words: [String]

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    words = try arguments.words(1...Int.max)
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let plan = try DefinitionFile(words[0], arguments).plan
    let cone = try plan.cone(of: Array(words.dropFirst()))
    let store = try ArtifactStore.lookedInto(by: arguments)
    let assessment = try Assessment(of: plan, in: store)
    store.showNotices()
    try store.countLook(at: plan)
    if let note = plan.foldNote { Terminal.errors.line(note) }
    let stages = assessment.stages.filter { cone.contains($0.planned.index) }
    DetachedLook.takeAwayDone(of: plan.definition.path, in: store)
    let live = try LiveJobs(of: plan.definition.path, in: store)
    if arguments.has(.json) {
      let members = (JSONValue.stages(stages).objectValue ?? []) + live.members
      Terminal.output.line(JSONValue.object(members).pretty)
    } else {
      show(stages)
      for line in live.lines(of: words[0]) { Terminal.output.line("  ", line) }
    }
    let unreadable = stages.flatMap(\.causes).compactMap(\.problem)
    ProblemList(unreadable).write(to: .errors)
    guard unreadable.isEmpty else { return .stageFailed }
    let isStale = stages.contains { $0.state != .cached }
    return isStale && arguments.has(Self.check) ? .stale : .fine
  }

  private func show(_ stages: [Assessment.Stage]) {
    let terminal = Terminal.output
    let width = stages.map(\.planned.name.count).max() ?? 0
    for stage in stages {
      let style: Terminal.Style = stage.state == .cached ? .dim : .yellow
      let state = terminal.styled(stage.state.rawValue.padded(to: 6), style)
      let detail =
        stage.state == .cached
        ? stage.summary : stage.causes.map(\.text).joined(separator: "; ")
      terminal.line("  \(stage.planned.name.padded(to: width))  \(state)  ", detail)
    }
    let stale = stages.count { $0.state != .cached }
    terminal.line(
      stale == 0
        ? stages.count == 1
          ? "  the stage is up to date"
          : "  all \(Spelling.count(stages.count, "stage")) are up to date"
        : "  \(stale) of \(Spelling.count(stages.count, "stage")) may run")
  }
}

extension Assessment.Stage {
  /// The result, and which outputs were evicted: `5,120 rows  (train, test evicted)`.
  fileprivate var summary: String {
    let text = record?.summary ?? ""
    return evicted.isEmpty ? text : "\(text)  (\(evicted.sorted().joined(separator: ", ")) evicted)"
  }

  /// The stage as `status --json` and `explain --json` give it.
  var json: JSONValue {
    let outputs = (record?.outputs ?? []).map { output in
      JSONValue.Member(output.port, .string("\(output.digest)"))
    }
    return [
      "name": .string(planned.name), "kind": .string(planned.kind.kind),
      "state": .string(state.rawValue), "causes": .array(causes.map(\.json)),
      "key": key.map { .string("\($0.digest)") } ?? .null, "outputs": .object(outputs),
      "evicted": .array(evicted.sorted().map { .string($0) }),
    ]
  }
}

extension Cause {
  var json: JSONValue {
    ["text": .string(text), "place": place.map { .string("\($0)") } ?? .null]
  }
}

extension JSONValue {
  /// `{"stages":[…]}`.
  static func stages(_ stages: [Assessment.Stage]) -> JSONValue {
    ["stages": .array(stages.map(\.json))]
  }
}
