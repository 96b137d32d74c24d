import Diagnostics

/// The stages of a definition in an order in which each can be run, all options resolved.
package struct Plan: Sendable {
  package let definition: Definition
  /// The sweep whose points these are the stages of; nil for the definition's own stages.
  package let sweep: String?
  /// Every stage after those it reads from; otherwise in the definition's order.
  package let stages: [PlannedStage]
  /// The place of each stage, by its name.
  private let places: [String: Int]
  /// The stages of test rows that the definition keeps for the end, which are not among `stages`.
  package internal(set) var keptForEnd: [String] = []
  /// What all stages of the definition were read from beside it.
  package internal(set) var surroundings = Surroundings()
  /// What is allowed but probably not meant.
  package internal(set) var likelyMistakes: [Diagnostic] = []
  /// The stages that seem to need more memory than there is, which they check themselves when they run.
  package internal(set) var shortages: [Diagnostic] = []

  /// All warnings, in the order of the definition.
  package var warnings: [Diagnostic] { Self.inOrder(likelyMistakes + shortages) }

  package init(definition: Definition, sweep: String?, stages: [PlannedStage]) {
    self.definition = definition
    self.sweep = sweep
    self.stages = stages
    places = Dictionary(
      stages.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  package subscript(name: String) -> PlannedStage? { places[name].map { stages[$0] } }

  /// The named stages and all that they need, by their places; every stage when none is named.
  ///
  /// - Throws: when a name is no stage's.
  package func cone(of names: [String]) throws(Diagnostic) -> Set<Int> {
    guard !names.isEmpty else { return Set(stages.indices) }
    var indices: [Int] = []
    for name in names {
      guard let stage = self[name] else {
        if keptForEnd.contains(name) { throw Diagnostic(.keptForEnd(name)) }
        throw Diagnostic(.unresolved(name, .unknownStage(among: stages.map(\.name))))
      }
      indices.append(stage.index)
    }
    return needed(by: indices)
  }

  /// These stages and all that they need, by their places in the plan.
  func needed(by indices: [Int]) -> Set<Int> {
    var wanted: Set<Int> = []
    var pending = indices
    while let index = pending.popLast() {
      guard wanted.insert(index).inserted else { continue }
      pending += stages[index].dependencies
    }
    return wanted
  }

  /// The stages that read from this one, directly or through others.
  package func dependents(of index: Int) -> [PlannedStage] {
    var reached: Set<Int> = [index]
    return stages.filter { stage in
      guard stage.dependencies.contains(where: reached.contains) else { return false }
      reached.insert(stage.index)
      return true
    }
  }
}
