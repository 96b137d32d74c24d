import Artifacts
import Diagnostics
import Files
import Pipelines

/// The time of a stage that does nothing: key, claim, drafts and record, all forced to the disk.
struct StageOverhead {
  private static let stageCount = 100

  func run() throws {
    let folder = try WorkFolder()
    var round = 0
    let times = try Measurement.times(7) {
      round += 1
      try runChain(ArtifactStore(root: "\(folder.path)/\(round)"))
    }
    Measurement(
      subject: "stage that does nothing", unit: "ms",
      values: times.map { $0 / Double(Self.stageCount) }
    ).show()
  }

  private func runChain(_ store: ArtifactStore) throws {
    var text = "[stage.s0]\nkind = \"nothing\"\n"
    for index in 1..<Self.stageCount {
      text += "[stage.s\(index)]\nkind = \"nothing\"\nfrom = \"s\(index - 1)\"\n"
    }
    let reading = Plan.read(
      Array(text.utf8), file: "chain.toml", overlay: [], catalog: StageCatalog([Nothing.self]))
    guard case .plan(let plan) = reading else { preconditionFailure("the chain has problems") }
    let runner = Runner(
      plan: plan, store: store, jobs: 1, cores: 1, interruption: Interruption(),
      observer: NoObserver())
    let report = try runner.run(try plan.cone(of: []))
    precondition(report.ran == Self.stageCount, "\(report.ran) stages ran")
  }

  /// A stage that gives a byte more than it reads.
  private struct Nothing: Stage {
    static let kind = "nothing"
    static let version = 1
    static let manual = "does nothing"
    static let something = ArtifactType("something")
    let from: StageInput?

    init(from options: inout StageOptions) {
      from = options.optionalInput("from", Self.something, unset: "none", "what comes before")
    }

    var outputs: [Port] { [Port(Self.something)] }

    func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
      let before = try from.map { (input) throws(Diagnostic) in try work.map(input).contents } ?? []
      try work.commit(String(repeating: ".", count: before.count + 1), to: outputs[0])
      return .finished
    }
  }

  private struct NoObserver: RunObserver {
    func observe(_ event: RunEvent) {}
  }
}
