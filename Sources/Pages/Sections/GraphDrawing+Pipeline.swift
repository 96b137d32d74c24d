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
    let edges = StageEdge.all(of: stages.map(\.planned))
      .map { Edge(from: $0.source, to: $0.reader, label: $0.label) }
    self.init(
      title: "the stages of \(name)", nodes: nodes, edges: edges, gap: isSmall ? 26 : 40)
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
