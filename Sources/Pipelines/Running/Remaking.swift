import Digests

/// Which outputs must have their bytes, and which stages were sent back because they had not.
struct Remaking {
  /// That a stage was sent back for an artifact.
  private struct SentBack: Hashable {
    let stage: Int
    let digest: Digest
  }

  /// The outputs whose bytes must be there, not only their digests, by the stage's place in the plan.
  private(set) var neededPorts: [Set<String>]
  private var sentBack: Set<SentBack> = []
  private var outputs: [Digest: OutputReference] = [:]

  init(_ neededPorts: [Set<String>]) { self.neededPorts = neededPorts }

  /// The output that is to be made again because a stage misses an artifact.
  ///
  /// - Returns: nil when no stage gave it, or when the stage was sent back for it before: making it
  ///   once more would not help.
  mutating func output(
    giving digest: Digest, for stage: PlannedStage, in results: StageResults
  ) -> OutputReference? {
    guard sentBack.insert(SentBack(stage: stage.index, digest: digest)).inserted,
      // What another stage has missed before has no record at the moment.
      let output = results.ancestor(of: stage, giving: digest) ?? outputs[digest]
    else { return nil }
    outputs[digest] = output
    neededPorts[output.stage].insert(output.port.name)
    return output
  }
}
