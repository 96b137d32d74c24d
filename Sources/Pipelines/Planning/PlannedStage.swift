import Diagnostics

/// One stage of a plan.
package final class PlannedStage: Sendable {
  package let index: Int
  /// The definition's name for it; in a sweep followed by `@` and the trial, unless trials share it.
  package let name: String
  /// The definition's name for it.
  package let baseName: String
  /// The run of a sweep that alone has it; nil for a stage that all have.
  package let trial: String?
  package let kind: any Stage.Type
  package let stage: any Stage
  package let outputs: [Port]
  package let inputs: [StageInput]
  package let keyLines: [KeyLine]
  package let place: Place
  /// What it needs of a machine.
  package let needs: StageNeeds
  /// What overrode the options of the definition when it was planned, as that of a sweep's point.
  let overlay: [GivenOverlay]
  /// The stages it reads from, without repeats, in the order of its options.
  package let dependencies: [Int]
  /// What its options were read from beside the definition.
  let surroundings: Surroundings
  /// The parts of splits that each output holds rows of, as `split.train`; outputs of none are left out.
  let parts: [String: Set<String>]

  /// - Parameters:
  ///   - options: from which the stage was made.
  ///   - table: as the definition gives it.
  init(
    index: Int, kind: any Stage.Type, stage: any Stage, outputs: [Port], options: StageOptions,
    table: Definition.StageTable, of definition: Definition, parts: [String: Set<String>]
  ) {
    self.index = index
    name = table.name
    baseName = table.name
    trial = nil
    self.kind = kind
    self.stage = stage
    self.outputs = outputs
    inputs = options.inputs
    keyLines = options.keyLines
    place = definition.source.place(of: table.headerRange)
    needs = table.needs
    overlay = definition.overlay
    dependencies = options.inputs.reduce(into: []) { found, input in
      if !found.contains(input.source.stage) { found.append(input.source.stage) }
    }
    surroundings = options.surroundings
    self.parts = parts
  }

  private init(_ stage: PlannedStage, ofTrial trial: String) {
    index = stage.index
    name = StageName(stage.baseName, trial: trial).description
    baseName = stage.baseName
    self.trial = trial
    kind = stage.kind
    self.stage = stage.stage
    outputs = stage.outputs
    inputs = stage.inputs
    keyLines = stage.keyLines
    place = stage.place
    needs = stage.needs
    overlay = stage.overlay
    dependencies = stage.dependencies
    surroundings = stage.surroundings
    parts = stage.parts
  }

  /// The stage as one that only a run of a sweep has.
  ///
  /// - Parameter trial: `3` for the third run, `3/2` for it at an extent of 2.
  package func belonging(toTrial trial: String) -> PlannedStage {
    PlannedStage(self, ofTrial: trial)
  }

  /// The option whose smaller values are steps on the way to larger ones.
  package var extent: (name: String, value: Int)? {
    for line in keyLines {
      if case .extent(let value) = line.content { return (line.name, value) }
    }
    return nil
  }
}
