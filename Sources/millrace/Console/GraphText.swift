import Pages
import Pipelines
import Reports

/// A list of stages, each below those it reads from, with lines between them, its state, inputs and
/// outputs.
struct GraphText {
  /// The least width of the column of inputs and outputs; a narrower terminal cuts the lines.
  private static let leastFlow = 20

  private let assessment: Assessment

  init(_ assessment: Assessment) { self.assessment = assessment }

  func lines(width: Int) -> [String] {
    let stages = assessment.stages
    let nameWidth = stages.map(\.planned.name.displayWidth).max() ?? 0
    let kindWidth = stages.map { $0.planned.kind.kind.count }.max() ?? 0
    let rails = GraphRails(readers: stages.map(\.planned.dependencies))
    return stages.flatMap { stage in
      let planned = stage.planned
      let rail = rails.rows[planned.index]
      let head =
        "\(planned.name.padded(to: nameWidth))  \(planned.kind.kind.padded(to: kindWidth))  "
        + "\(state(of: stage).padded(to: 5))  "
      let room = width - head.displayWidth - rails.width - 4
      let flow = flow(of: planned).wrapped(to: max(Self.leastFlow, room))
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
