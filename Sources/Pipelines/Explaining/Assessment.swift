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
    /// The record that a run would find; nil when the stage would run, or may have to.
    package let record: Record?
    /// The outputs that were given up to make room; a run makes them again if something needs them.
    package let evicted: Set<String>

    package init(
      _ planned: PlannedStage, _ state: State, _ causes: [Cause], key: StageKey? = nil,
      work: FinishedWork? = nil
    ) {
      self.planned = planned
      self.state = state
      self.causes = causes
      self.key = key
      record = work?.record
      evicted = work?.evicted ?? []
    }

    /// A stage that is run, or may be, for the sake of its evicted outputs, with the added causes.
    fileprivate init(_ stage: Stage, _ state: State, for causes: [Cause]) {
      planned = stage.planned
      self.state = state
      self.causes = stage.causes + causes
      key = stage.key
      record = stage.record
      evicted = stage.evicted
    }
  }

  package let plan: Plan
  /// In the plan's order.
  package let stages: [Stage]

  package subscript(name: String) -> Stage? { stages.first { $0.planned.name == name } }

  /// - Parameter wanted: the places of the stages that are looked up, with all that they need; every
  ///   stage unless given.
  /// - Throws: when what the store has cannot be known.
  package init(
    of plan: Plan, in store: ArtifactStore, only wanted: Set<Int>? = nil
  ) throws(Diagnostic) {
    self.plan = plan
    var resolver = KeyResolver(store: store)
    let previous = try PreviousKeys(of: plan, in: store)
    previous.recallRecords()
    var stages: [Stage] = []
    for planned in plan.stages {
      guard wanted?.contains(planned.index) ?? true else {
        stages.append(Stage(planned, .maybe, []))
        continue
      }
      let before = previous[planned.name]
      func comparison() throws(Diagnostic) -> KeyComparison {
        let record = try before.flatMap { (key) throws(Diagnostic) in try store.record(for: key) }
        return KeyComparison(planned: planned, before: record)
      }
      let open = planned.dependencies.filter { stages[$0].record == nil }
      guard open.isEmpty else {
        let causes =
          try comparison().ownChanges + open.map { .waitsFor(stage: plan.stages[$0].name) }
        stages.append(Stage(planned, .maybe, causes))
        continue
      }
      let key: StageKey
      do throws(Diagnostic) {
        key = try resolver.key(of: planned) { output in
          stages[output.stage].record?.outputs.first { $0.port == output.port.name }?.digest
        }
      } catch {
        stages.append(Stage(planned, .run, [.unreadable(error)]))
        continue
      }
      let work = try store.work(for: key.digest)
      let causes =
        work != nil ? [] : before == key.digest ? [.lost] : try comparison().changes(to: key)
      stages.append(Stage(planned, work == nil ? .run : .cached, causes, key: key, work: work))
    }
    self.stages = Self.runningAgain(stages)
    // A look makes no store.
    guard try store.exists else { return }
    store.saveStatCache()
    store.saveRecordIndex(of: stages.compactMap(\.key?.digest))
  }

  /// The stages, where each whose evicted outputs are read by a stage that would run is itself run.
  private static func runningAgain(_ stages: [Stage]) -> [Stage] {
    var stages = stages
    for stage in stages.map(\.planned).reversed() where stages[stage.index].state != .cached {
      for (source, inputs) in Dictionary(grouping: stage.inputs, by: \.source.stage) {
        let ports = Set(inputs.map(\.source.port.name)).intersection(stages[source].evicted)
        guard !ports.isEmpty else { continue }
        let cause = Cause.evicted(ports: ports.sorted(), neededBy: stage.name)
        let state = stages[source].state == .run ? .run : stages[stage.index].state
        stages[source] = Stage(stages[source], state, for: [cause])
      }
    }
    return stages
  }

  /// The last result of a stage that ran well, even if its options have changed since.
  package func previousRecord(
    of stage: String, in store: ArtifactStore
  ) throws(Diagnostic) -> Record? {
    guard let key = try PreviousKeys(of: plan, in: store)[stage] else { return nil }
    return try store.record(for: key)
  }

  /// The stages with a cause of their own, each with the stages that depend on it.
  package var roots: [(stage: Stage, followers: [PlannedStage])] {
    stages.filter { stage in stage.state != .cached && stage.causes.contains(where: \.isRoot) }
      .map { ($0, plan.dependents(of: $0.planned.index)) }
  }
}
