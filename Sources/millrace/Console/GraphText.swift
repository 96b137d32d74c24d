import Pages
import Pipelines
import Reports

/// A list of stages, each below those it reads from, with lines between them, its state, inputs and
/// outputs.
struct GraphText {
  /// The least width of the column of inputs and outputs; a narrower terminal cuts the lines.
  private static let leastFlow = 20
  private static let stateWidth = 5

  private let assessment: Assessment

  init(_ assessment: Assessment) { self.assessment = assessment }

  func lines(width: Int) -> [String] {
    let stages = assessment.stages
    let nameWidth = stages.map(\.planned.name.displayWidth).max() ?? 0
    let kindWidth = stages.map { $0.planned.kind.kind.count }.max() ?? 0
    let rails = GraphRails(readers: stages.map(\.planned.dependencies))
    let room = width - Self.stateWidth - nameWidth - rails.width - 8
    // Where there is little room, kinds are what most names tell anyway.
    let hasKinds = room - kindWidth - 2 >= Self.leastFlow
    return stages.flatMap { stage in
      let planned = stage.planned
      let rail = rails.rows[planned.index]
      let kind = hasKinds ? planned.kind.kind.padded(to: kindWidth) + "  " : ""
      let head =
        "\(planned.name.padded(to: nameWidth))  \(kind)"
        + "\(state(of: stage).padded(to: Self.stateWidth))  "
      let flow = flow(of: planned)
        .wrapped(to: max(Self.leastFlow, hasKinds ? room - kindWidth - 2 : room))
      return flow.enumerated().map { index, line in
        let drawn = (index == 0 ? rail.node : rail.below).padded(to: rails.width)
        return "  \(drawn)  "
          + (index == 0 ? head : String(repeating: " ", count: head.displayWidth)) + line
      }
    }
  }

  private func state(of stage: Assessment.Stage) -> String {
    switch stage.state {
    case .cached: "done"
    case .maybe: "maybe"
    case .run: "stale"
    }
  }

  /// `split.train, split.valid → train: table, valid: table`; all parts of a stage by its name.
  private func flow(of stage: PlannedStage) -> String {
    var sources: [String] = []
    for input in stage.inputs {
      let maker = assessment.plan.stages[input.source.stage]
      let read = stage.inputs.map(\.source).filter { source in
        source.stage == maker.index && source.port.type == input.source.port.type
      }
      let source = maker.hasNoOthers(like: read.map(\.port)) ? maker.name : "\(input.source)"
      if !sources.contains(source) { sources.append(source) }
    }
    let outputs = stage.outputs.map {
      $0.name == $0.type.name ? $0.name : "\($0.name): \($0.type)"
    }
    return (sources.isEmpty ? "" : "\(sources.joined(separator: ", ")) → ")
      + outputs.joined(separator: ", ")
  }
}
