import Artifacts
import Diagnostics
import Digests

/// What is known so far of each stage of a plan: its key, its record, the lineage of its outputs.
struct StageResults {
  let plan: Plan
  let readers: PlanReaders
  private let store: ArtifactStore
  private var resolver: KeyResolver
  /// By the stage's place in the plan; nil until the stages before it have records.
  private var keys: [StageKey?]
  /// By the stage's place in the plan; nil until the stage was found done.
  private var records: [Record?]
  private var lineages: [OutputReference: Lineage] = [:]

  /// - Parameter isWanted: asked while files are read; once it says no, that is given up.
  init(
    of plan: Plan, in store: ArtifactStore, whileWanted isWanted: @escaping () -> Bool = { true }
  ) {
    self.plan = plan
    readers = PlanReaders(of: plan)
    self.store = store
    resolver = KeyResolver(store: store, whileWanted: isWanted)
    keys = Array(repeating: nil, count: plan.stages.count)
    records = Array(repeating: nil, count: plan.stages.count)
  }

  /// The digests of the files outside the store that keys were made from, by their paths.
  var fileDigests: [String: Digest] { resolver.fileDigests }

  /// The key of a stage, if it is known already.
  func knownKey(of stage: PlannedStage) -> StageKey? { keys[stage.index] }

  /// The record of a stage, if it was found already.
  func record(of stage: Int) -> Record? { records[stage] }

  /// The key of a stage; those it reads from must have been found.
  ///
  /// - Throws: when a file outside the store cannot be read.
  mutating func key(of stage: PlannedStage) throws(Diagnostic) -> StageKey {
    if let known = keys[stage.index] { return known }
    let records = records
    let key = try resolver.key(of: stage) { records[$0.stage]?.output($0.port.name)?.digest }
    keys[stage.index] = key
    return key
  }

  /// Looks the record of a stage up in the store; nil when the stage is not done.
  ///
  /// - Parameter ports: outputs whose bytes must be there too.
  /// - Throws: when the key cannot be computed, or what the store has cannot be known.
  mutating func find(
    _ stage: PlannedStage, bytesOf ports: Set<String> = []
  ) throws(Diagnostic) -> Record? {
    guard let work = try store.work(for: key(of: stage).digest),
      work.evicted.isDisjoint(with: ports)
    else { return nil }
    records[stage.index] = work.record
    return work.record
  }

  /// Looks the records of the stages up that one needs, directly or through others.
  ///
  /// - Returns: the first that is not done; nil when all are.
  /// - Throws: what looking up one of them throws.
  mutating func findNeeded(by stage: PlannedStage) throws(Diagnostic) -> PlannedStage? {
    let needed = plan.needed(by: [stage.index])
    for other in plan.stages where other.index != stage.index && needed.contains(other.index) {
      guard try find(other) != nil else { return other }
    }
    return nil
  }

  func digest(of output: OutputReference) -> Digest? {
    records[output.stage]?.output(output.port.name)?.digest
  }

  /// The lineage of an output; nil until its stage has a record.
  mutating func lineage(of output: OutputReference) -> Lineage? {
    if let known = lineages[output] { return known }
    let stage = plan.stages[output.stage]
    guard let key = keys[output.stage], let record = records[output.stage] else { return nil }
    var inputs: [(name: String, lineage: Lineage)] = []
    for input in stage.inputs {
      if let lineage = lineage(of: input.source) { inputs.append((input.name, lineage)) }
    }
    let outputs = record.outputs.map { ($0.port, $0.digest) }
    let lineage = Lineage(
      stage: stage, key: key, port: output.port.name,
      outputs: Dictionary(outputs, uniquingKeysWith: { first, _ in first }), inputs: inputs)
    lineages[output] = lineage
    return lineage
  }

  /// The output, among those that the stage's inputs were made from, with this digest.
  func ancestor(of stage: PlannedStage, giving digest: Digest) -> OutputReference? {
    // The nearest ones first: less has to be made again for them.
    var sources = stage.inputs.map(\.source)
    var seen: Set<OutputReference> = []
    var place = 0
    while place < sources.count {
      let source = sources[place]
      place += 1
      guard seen.insert(source).inserted else { continue }
      if self.digest(of: source) == digest { return source }
      sources += plan.stages[source.stage].inputs.map(\.source)
      sources += plan.stages[source.stage].outputs.map { source.naming($0) }
    }
    return nil
  }

  /// Forgets the record of the stage whose output is to be made again.
  mutating func forgetRecord(behind output: OutputReference) {
    records[output.stage] = nil
    lineages = [:]
  }

  /// Forgets a key whose inputs are to be made again, because they may get other digests.
  mutating func forgetKey(of stage: PlannedStage) { keys[stage.index] = nil }
}
