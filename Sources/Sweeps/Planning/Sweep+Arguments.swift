import Diagnostics
import Pipelines
import TOML

extension Sweep {
  /// What the sweep that only holds out the folds of a definition is called.
  package static let ofFolds = "folds"

  /// The grid that `train.learning-rate=0.025,0.25 train.hidden=64,128` asks for.
  ///
  /// Without arguments it varies nothing: its one point has a run for each fold and seed.
  ///
  /// - Throws: a diagnostic that points into an argument.
  package init(arguments: [String], of plan: Plan) throws(Diagnostic) {
    let usual = plan.foldedStages.isEmpty ? "seeds" : Self.ofFolds
    let name = arguments.isEmpty ? usual : arguments.joined(separator: " ")
    let source = TOMLSource(text: name, file: "sweep")
    self.init(name: name, range: SourceRange(line: 1, column: 1, length: 1), source: source)
    for argument in arguments {
      guard let assignment = WrittenAssignment(argument, origin: "sweep") else {
        throw Diagnostic(.malformedVariation(argument))
      }
      if let stage = assignment.stage, plan[stage] == nil {
        let message = Diagnostic.Message.unresolved(
          stage, .unknownStage(among: plan.stages.map(\.name)))
        throw assignment.source.diagnostic(message, at: assignment.stageRange)
      }
      let values = Self.values(assignment.value)
      axes.append(SweepAxis(alternatives: values.map { [GivenOverlay(assignment, $0)] }))
    }
    objective = plan.definition.sweeps.lazy.compactMap(\.objective).first
  }

  /// Replaces what makes a point best: `evaluate.macro-f1 max`.
  package mutating func choose(best: String, of plan: Plan) throws(Diagnostic) {
    let stages = plan.stages.map(\.name) + plan.keptForEnd
    objective = try Objective.reading(best, stages: stages).get()
  }

  /// Values between commas: TOML, or else bare texts.
  private static func values(_ text: String) -> [TOMLValue] {
    if case .array(let nodes)? = (try? TOMLValue.parse("[\(text)]", origin: "sweep"))?.value,
      !nodes.isEmpty
    {
      return nodes.map(\.value)
    }
    return text.split(separator: ",", omittingEmptySubsequences: false).map {
      GivenOverlay.value(of: String($0), origin: "sweep")
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func malformedVariation(_ argument: String) -> Self {
    Self(
      "'\(argument)' is neither a sweep of the definition nor STAGE.OPTION=VALUE,VALUE",
      remedy: "write for example train.learning-rate=0.025,0.25")
  }
}
