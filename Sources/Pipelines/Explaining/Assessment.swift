import Artifacts
import Diagnostics

/// What a run would do, found without running anything.
package struct Assessment: Sendable {
  /// What a run would do with one stage.
  package enum State: String, Sendable {
    case cached, run
    /// Depends on what the stages before it give.
    case maybe
  }

  package struct Stage: Sendable {
    package let planned: PlannedStage
    package let state: State
    package let causes: [Cause]
    /// Nil while the inputs are not known.
    package let key: StageKey?
    /// Nil unless cached.
    package let record: Record?
  }

  package let plan: Plan
  /// In the plan's order.
  package let stages: [Stage]

  package subscript(name: String) -> Stage? { stages.first { $0.planned.name == name } }

  package init(of plan: Plan, in store: ArtifactStore) {
    self.plan = plan
    var resolver = KeyResolver(store: store)
    let previous = PreviousKeys(of: plan, in: store)
    var stages: [Stage] = []
    for planned in plan.stages {
      let before = previous[planned.name]
      var comparison: KeyComparison {
        KeyComparison(planned: planned, before: before.flatMap { store.record(for: $0) })
      }
      let open = planned.dependencies.filter { stages[$0].state != .cached }
      guard open.isEmpty else {
        let causes = comparison.ownChanges + open.map { .waitsFor(stage: plan.stages[$0].name) }
        stages.append(
          Stage(planned: planned, state: .maybe, causes: causes, key: nil, record: nil))
        continue
      }
      let key: StageKey
      do throws(Diagnostic) {
        key = try resolver.key(of: planned) { output in
          stages[output.stage].record?.outputs.first { $0.port == output.port.name }?.digest
        }
      } catch {
        stages.append(
          Stage(
            planned: planned, state: .run, causes: [.unreadable(error)], key: nil, record: nil))
        continue
      }
      let record = store.record(for: key.digest)
      let causes =
        record != nil ? [] : before == key.digest ? [.lost] : comparison.changes(to: key)
      stages.append(
        Stage(
          planned: planned, state: record == nil ? .run : .cached, causes: causes, key: key,
          record: record))
    }
    self.stages = stages
    store.saveStatCache()
  }

  /// The last result of a stage that ran well, even if its options have changed since.
  package func previousRecord(of stage: String, in store: ArtifactStore) -> Record? {
    PreviousKeys(of: plan, in: store)[stage].flatMap { store.record(for: $0) }
  }

  /// The stages whose causes lie in themselves, with the stages that follow each.
  package var roots: [(stage: Stage, followers: [PlannedStage])] {
    stages.filter { stage in stage.state != .cached && stage.causes.contains(where: \.isRoot) }
      .map { ($0, plan.dependents(of: $0.planned.index)) }
  }
}
