import Artifacts
import Diagnostics
import Pipelines

extension GraphDrawing {
  /// The stages of a pipeline, with what a run would do with each and how long each last took.
  ///
  /// - Parameter isSmall: whether kinds, and states of what is up to date, are left out.
  package init(_ name: String, _ stages: [ReportedStage], isSmall: Bool = false) {
    let total = stages.reduce(0) { $0 + ($1.record?.seconds ?? 0) }
    let nodes = stages.map { stage in
      let seconds = stage.record?.seconds
      let kind = stage.planned.kind.kind
      return Node(
        name: stage.name,
        details: (isSmall || kind == stage.name ? [] : [kind])
          + [
            [
              isSmall && stage.state == .cached ? nil : stage.state.words,
              seconds.map { Spelling.duration($0) },
            ].compactMap(\.self).joined(separator: " · ")
          ],
        state: stage.state.rawValue, share: total > 0 ? (seconds ?? 0) / total : 0)
    }
    self.init(
      title: "the stages of \(name)", nodes: nodes, edges: Self.edges(of: stages),
      gap: isSmall ? 26 : 40)
  }

  /// One edge for all artifacts between two stages, labelled unless they are all of the first's.
  private static func edges(of stages: [ReportedStage]) -> [Edge] {
    stages.flatMap { stage in
      stage.planned.dependencies.map { source in
        var ports: [String] = []
        for input in stage.planned.inputs where input.source.stage == source {
          let name = input.source.port.name
          if input.source.isOneOfSeveral, !ports.contains(name) { ports.append(name) }
        }
        let isPartial = ports.count < stages[source].planned.outputs.count
        return Edge(
          from: source, to: stage.planned.index,
          label: isPartial ? ports.joined(separator: ", ") : "")
      }
    }
  }
}

extension Assessment.State {
  /// What a run would do, in words.
  package var words: String {
    switch self {
    case .cached: "cached"
    case .run: "would run"
    case .maybe: "may run"
    }
  }
}
