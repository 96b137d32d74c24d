import Pipelines

/// All that a stage reads of another one, as one edge of a graph.
package struct StageEdge: Hashable, Sendable {
  /// The places of both stages in the plan.
  package let source: Int
  package let reader: Int
  /// `train; measure: all`: which of several outputs are read, and for what; empty for all of them.
  package let label: String

  /// The edges of a plan's stages, in the order in which they read.
  package static func all(of stages: [PlannedStage]) -> [StageEdge] {
    stages.flatMap { stage in
      stage.dependencies.map { source in
        StageEdge(
          source: source, reader: stage.index,
          label: label(of: stage.inputs.filter { $0.source.stage == source }, from: stages[source]))
      }
    }
  }

  private static func label(of inputs: [StageInput], from source: PlannedStage) -> String {
    guard source.outputs.count > 1 else { return "" }
    var uses: [(option: String, ports: [Port])] = []
    for input in inputs {
      let option = input.name.split(separator: ".").first.map(String.init) ?? input.name
      if uses.last?.option != option { uses.append((option, [])) }
      uses[uses.count - 1].ports.append(input.source.port)
    }
    let told = uses.enumerated().map { place, use in
      let isAll = source.hasNoOthers(like: use.ports)
      let ports = isAll ? "all" : use.ports.map(\.name).joined(separator: ", ")
      return place == 0 || use.option == ports ? ports : "\(use.option): \(ports)"
    }
    return told == ["all"] ? "" : told.joined(separator: "; ")
  }
}

extension PlannedStage {
  /// Whether outputs are all of several that the stage gives of their type, as the parts of a split are.
  package func hasNoOthers(like outputs: [Port]) -> Bool {
    let alike = self.outputs.filter { $0.type == outputs.first?.type }
    return alike.count > 1 && Set(alike) == Set(outputs)
  }
}
