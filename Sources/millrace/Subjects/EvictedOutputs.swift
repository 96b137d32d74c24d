import Artifacts
import Cores
import Diagnostics
import Pipelines

/// Makes outputs that a command must read again, where they were evicted.
struct EvictedOutputs {
  private let assessment: Assessment
  private let store: ArtifactStore
  private let arguments: ParsedArguments
  private let interruption: Interruption

  /// - Parameter arguments: those the definition was opened with; commands named in remedies repeat
  ///   them.
  init(
    _ assessment: Assessment, _ store: ArtifactStore, _ arguments: ParsedArguments,
    until interruption: Interruption
  ) {
    self.assessment = assessment
    self.store = store
    self.arguments = arguments
    self.interruption = interruption
  }

  /// Runs the stage, and what it needs, if one of the outputs was evicted.
  ///
  /// - Throws: when that fails, or the definition no longer describes how they were made.
  func makeAgain(_ outputs: [RecordedOutput], of stage: PlannedStage) throws(Diagnostic) {
    var missing: [RecordedOutput] = []
    for output in outputs {
      if try store.isEvicted(output.digest) { missing.append(output) }
    }
    guard let first = missing.first else { return }
    let plan = assessment.plan
    let command = arguments.next(RunPipeline.self, plan.definition.path)
    guard assessment.stages[stage.index].record?.output(first.port) == first else {
      throw Diagnostic(.cannotMakeAgain(stage.name, first, command))
    }
    let ports = missing.map(\.port)
    Terminal.errors.line("\(stage.name).\(ports.joined(separator: ", ")) was evicted: made again")
    let cores = availableCores()
    let runner = Runner(
      plan: plan, store: store, jobs: cores, cores: cores, interruption: interruption,
      observer: RunConsole(plan: plan, terminal: .errors, isVerbose: false))
    let report = try runner.run(try plan.cone(of: [stage.name]), bytesOf: [stage.index: Set(ports)])
    for output in missing {
      guard report.failed == 0, try store.isIntact(output.digest) else {
        throw Diagnostic(.notMadeAgain(stage.name, first.port, command))
      }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func cannotMakeAgain(
    _ stage: String, _ output: RecordedOutput, _ command: String
  ) -> Self {
    Self(
      "\(stage).\(output.port) was evicted, and the definition has changed since it was made",
      remedy: "`\(command)` makes that of the definition as it is")
  }

  fileprivate static func notMadeAgain(
    _ stage: String, _ port: String, _ command: String
  ) -> Self {
    Self(
      "\(stage).\(port) was evicted, and making it again did not give it back",
      remedy: "see what the run said above; `\(command)` tries again")
  }
}
