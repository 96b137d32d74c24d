import Artifacts
import Chains
import Diagnostics
import Formats
import Pipelines
import Stages

/// `gc`: shows what the store can do without, and removes it.
struct CollectGarbage: Command {
  static let name = "gc"
  static let summary = "show or remove what the store can do without"
  static let usage = "[--yes] [--older-than TIME] [--max-size SIZE], or --usage"
  static let places = WordPlaces()
  static let example = "millrace gc --older-than 7d --max-size 2G   (then again with --yes)"
  static let yes = CommandOption("--yes", "do it; without, only the plan is shown")
  static let dryRun = CommandOption("--dry-run", "only show the plan, as without --yes")
  static let olderThan = CommandOption(
    "--older-than", "TIME", "remove nothing younger, as 12h or 7d; 24h unless given")
  static let maximumSize = CommandOption(
    "--max-size", "SIZE", "evict what is cheapest to make again until the store fits, as 2G")
  static let storeUsage = CommandOption(
    "--usage", "show what each stage of each definition takes, and remove nothing")
  static let runs = CommandOption(
    "--runs", "N", "keep the results of the last N runs; 10 unless given")
  static let options: [CommandOption] = [
    yes, dryRun, olderThan, maximumSize, runs, storeUsage, .store, .json,
  ]

  private let arguments: ParsedArguments
  private let policy: CollectionPolicy

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    _ = try arguments.words(0...0)
    var policy = CollectionPolicy.ofArtifacts
    policy.seconds = try arguments.seconds(Self.olderThan) ?? policy.seconds
    policy.runCount = try arguments.number(Self.runs, from: 0) ?? policy.runCount
    policy.byteCount = try arguments.byteCount(Self.maximumSize)
    self.policy = policy
    for other in [Self.dryRun, Self.storeUsage] where arguments.has(Self.yes) {
      guard !arguments.has(other) else { throw Diagnostic(.yesAndNo(other)) }
    }
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let store = try ArtifactStore.existing(chosenBy: arguments)
    if arguments.has(Self.storeUsage) {
      let view = UsageView(try StoreUsage(of: store))
      let output = Terminal.output
      let lines = arguments.has(.json) ? [view.json.pretty] : view.text(width: output.width)
      for line in lines { output.line(line) }
      return .fine
    }
    guard store.knowsWhatMustStay() else { return .storeDamaged }
    let current = try DefinitionRoot.currentKeys(in: store, catalog: .standard)
    let isDone = arguments.has(Self.yes)
    let plan =
      isDone
      ? try CollectionPlan.carryOut(in: store, policy, current: current)
      : try CollectionPlan(of: store, policy, current: current)
    store.showNotices()
    let view = CollectionView(plan, pins: try Pin.all(in: store), isDone: isDone)
    if arguments.has(.json) {
      Terminal.output.line(view.json.pretty)
    } else {
      for line in view.text(width: Terminal.output.width) { Terminal.output.line(line) }
    }
    return .fine
  }
}

extension CollectionPolicy {
  /// What may be evicted: no scores and histories; models that are in no definition's last results.
  ///
  /// Checkpoints may be, since only a longer training reads them.
  static let ofArtifacts: CollectionPolicy = {
    var policy = CollectionPolicy()
    policy.keptTypes = [ArtifactType.scores.name, ArtifactType.history.name]
    policy.resultTypes = [ArtifactType.model.name]
    policy.spareTypes = [ArtifactType.checkpoint.name]
    return policy
  }()
}

extension Diagnostic.Message {
  fileprivate static func yesAndNo(_ other: CommandOption) -> Self {
    Self("--yes and \(other.name) contradict each other", remedy: "leave one of them out")
  }
}
