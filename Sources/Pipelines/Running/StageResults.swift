import Artifacts

/// What a run knows so far of each stage: its key, its record, and how its outputs came about.
struct StageResults {
  private let plan: Plan
  /// By the stage's place in the plan; nil until the stages before it have records.
  var keys: [StageKey?]
  /// By the stage's place in the plan; nil until the stage has run or was found done.
  var records: [Record?]
  private var lineages: [OutputReference: Lineage] = [:]

  init(of plan: Plan) {
    self.plan = plan
    keys = Array(repeating: nil, count: plan.stages.count)
    records = Array(repeating: nil, count: plan.stages.count)
  }

  func digest(of output: OutputReference) -> Digest? {
    records[output.stage]?.outputs.first { $0.port == output.port.name }?.digest
  }

  /// Nil until the stage has a record.
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

  /// The output that an artifact is, among those the stage's inputs came from.
  func ancestor(of stage: PlannedStage, giving digest: Digest) -> OutputReference? {
    var sources = stage.inputs.map(\.source)
    var seen: Set<OutputReference> = []
    while let source = sources.popLast() {
      guard seen.insert(source).inserted else { continue }
      if self.digest(of: source) == digest { return source }
      sources += plan.stages[source.stage].inputs.map(\.source)
      sources += plan.stages[source.stage].outputs.map { source.naming($0) }
    }
    return nil
  }

  /// Forgets the record behind an output that is to be made again.
  mutating func forget(_ output: OutputReference) {
    records[output.stage] = nil
    lineages = [:]
  }
}
