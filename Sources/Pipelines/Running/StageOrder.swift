import Artifacts
import Diagnostics
import Digests

/// A stage that is to be carried out, with its key and what it reads.
package struct StageOrder: Sendable {
  package let stage: PlannedStage
  /// The plan that the stage is of.
  let plan: Plan
  package let key: StageKey
  /// How many cores the stage may use.
  package let cores: Int
  /// The outputs whose bytes are needed, so that a record whose bytes were evicted is not enough.
  package let neededPorts: Set<String>
  /// The ports whose artifacts other stages of the definition read.
  private(set) var readPorts: Set<String>
  let digests: [OutputReference: Digest]
  let lineages: [OutputReference: Lineage]

  /// The definition that the stage is of.
  package var definition: Definition { plan.definition }

  /// The definition's names of the stages that it is planned from: itself and all that it needs.
  var lineage: Set<String> { Set(plan.needed(by: [stage.index]).map { plan.stages[$0].baseName }) }

  /// The artifacts that the stage reads.
  package var inputs: [Digest] { Array(Set(digests.values)) }

  /// - Parameter results: hold the records of every stage that this one needs.
  init(
    _ stage: PlannedStage, from results: inout StageResults, cores: Int, bytesOf ports: Set<String>
  ) throws(Diagnostic) {
    self.stage = stage
    plan = results.plan
    self.cores = cores
    neededPorts = ports
    readPorts = results.readers.ports[stage.index]
    key = try results.key(of: stage)
    var digests: [OutputReference: Digest] = [:]
    var lineages: [OutputReference: Lineage] = [:]
    for input in stage.inputs {
      digests[input.source] = results.digest(of: input.source)
      lineages[input.source] = results.lineage(of: input.source)
    }
    self.digests = digests
    self.lineages = lineages
  }

  /// The order of a stage, with its key and inputs found from the records of the stages before it.
  ///
  /// - Parameter readPorts: where the plan has not all stages that read from this one, the ports that
  ///   they read.
  /// - Throws: when one of those has no record, or a file outside the store cannot be read.
  init(
    _ stage: PlannedStage, of plan: Plan, in store: ArtifactStore, cores: Int,
    bytesOf ports: Set<String>, readPorts: Set<String>? = nil
  ) throws(Diagnostic) {
    var results = StageResults(of: plan, in: store)
    if let missing = try results.findNeeded(by: stage) {
      throw Diagnostic(.notDone(missing.name, neededBy: stage.name))
    }
    try self.init(stage, from: &results, cores: cores, bytesOf: ports)
    if let readPorts { self.readPorts = readPorts }
  }
}

extension Diagnostic.Message {
  fileprivate static func notDone(_ name: String, neededBy stage: String) -> Self {
    Self(
      "'\(stage)' cannot begin: '\(name)', which it needs, has no result in the store",
      remedy: "carry out '\(name)' first")
  }
}
