import Artifacts
import Cores
import Diagnostics
import Digests
import Files
import Pipelines

/// Stages of definitions that are computed again, one after the other, and what came of it.
struct StageRebuilds {
  /// A stage of a definition, with the time that its work took when it was recorded.
  struct Subject {
    let plan: Plan
    let stage: PlannedStage
    /// Nil where it has no record.
    let record: Record?
  }

  private let store: ArtifactStore
  private let interruption: Interruption

  init(in store: ArtifactStore, until interruption: Interruption) {
    self.store = store
    self.interruption = interruption
  }

  /// The stages of definitions that have records, the quickest first; of stages with one key only one.
  func recorded(of plans: [Plan]) throws(Diagnostic) -> [Subject] {
    var subjects: [Subject] = []
    var keys: Set<Digest> = []
    for plan in plans {
      for stage in try Assessment(of: plan, in: store).stages {
        guard let record = stage.record, keys.insert(record.key).inserted else { continue }
        subjects.append(Subject(plan: plan, stage: stage.planned, record: record))
      }
    }
    return subjects.sorted { ($0.record?.seconds ?? 0) < ($1.record?.seconds ?? 0) }
  }

  /// Computes stages again until that is done or the time is over.
  ///
  /// - Parameter tell: called with each stage that was computed.
  /// - Returns: what came of each; stages that there was no time for are `stopped`.
  func carryOut(
    _ subjects: [Subject], within seconds: Double = .infinity, tell: (RebuiltStage) -> Void
  ) throws(Diagnostic) -> [RebuiltStage] {
    let started = WorkClock.now
    let interruption = interruption
    let stop = Interruption(or: {
      interruption.isRequested || started.secondsSoFar >= seconds
    })
    let cores = availableCores()
    var rebuilt: [RebuiltStage] = []
    for subject in subjects {
      let began = WorkClock.now
      let rebuild = Rebuild(
        of: subject.plan, in: store, cores: cores, interruption: stop, observer: NoticeLines())
      // A request of the person is obeyed by what polls it, and ends the command.
      let outcome = try interruption.polled { () throws(Diagnostic) in
        stop.isRequested ? .stopped : try rebuild.outcome(of: subject.stage)
      }
      let ended = RebuiltStage(
        definition: subject.plan.definition.path, stage: subject.stage.name, outcome: outcome,
        seconds: began.secondsSoFar)
      rebuilt.append(ended)
      tell(ended)
    }
    store.saveStatCache()
    return rebuilt
  }
}

/// Tells notices on standard error, and nothing else of what happens.
private struct NoticeLines: RunObserver {
  func observe(_ event: RunEvent) {
    if case .noticed(let problem) = event { Terminal.errors.tell(problem) }
  }
}
