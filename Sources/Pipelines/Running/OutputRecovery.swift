import Digests

/// The outputs whose bytes must be there, and the stages that wait for lost ones to be made again.
struct OutputRecovery {
  /// A stage, and the lost artifact that it waits for or waited for.
  private struct Request: Hashable {
    let stage: Int
    let digest: Digest
  }

  /// The outputs whose bytes must be there, not only their digests, by the stage's place in the plan.
  private(set) var neededPorts: [Set<String>]
  private var requests: Set<Request> = []
  private var outputs: [Digest: OutputReference] = [:]
  /// By stage, those that make something again which it needs, though it may not read it from them.
  private var makers: [Int: Set<Int>] = [:]
  /// By such a maker, the stages that need what it makes again.
  private var waiting: [Int: Set<Int>] = [:]

  init(_ neededPorts: [Set<String>]) { self.neededPorts = neededPorts }

  /// The output that is to be made again because a stage needs it and its bytes are lost.
  ///
  /// - Returns: nil when no stage gives it, or when it was made again for this stage before, since
  ///   making it once more would not help.
  mutating func output(
    giving digest: Digest, for stage: PlannedStage, in results: StageResults
  ) -> OutputReference? {
    guard requests.insert(Request(stage: stage.index, digest: digest)).inserted,
      // An output that is being made again has no record at the moment, but was found before.
      let output = results.ancestor(of: stage, giving: digest) ?? outputs[digest]
    else { return nil }
    outputs[digest] = output
    if results.plan.needed(by: [stage.index]).contains(output.stage) {
      makers[stage.index, default: []].insert(output.stage)
      waiting[output.stage, default: []].insert(stage.index)
    }
    neededPorts[output.stage].insert(output.port.name)
    return output
  }

  /// The stages that a stage waits for, beside those that it reads from.
  func makers(for stage: Int) -> Set<Int> { makers[stage] ?? [] }

  /// The stages that wait for what a stage makes again.
  func waiting(for maker: Int) -> Set<Int> { waiting[maker] ?? [] }
}
