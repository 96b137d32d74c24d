/// Where the rows of an output come from.
package enum RowSource: Hashable, Sendable {
  /// The output holds no rows.
  case noRows
  /// From files outside the store, which the stage loads.
  ///
  /// - Parameter line: the line of the key that names them, or the beginning of several; nil when all
  ///   files of the stage are read for the output.
  case files(line: String?)
  /// From an input, in its order. Where places differ, rows are matched by their line numbers.
  case input(StageInput, RowPlaces)
}

/// Which rows of its input an output holds.
package enum RowPlaces: Hashable, Sendable {
  /// Every one, in the same place.
  case same
  /// Some of them: the others are left out.
  case choice
  /// Its share of them: the others go to other outputs, or to none.
  case dealt
  /// Those of the fold that is held out: over all folds each of them is there once.
  case fold
  /// Each of them any number of times in turn, such as its n best translations.
  case several
}

extension Parts {
  /// Where the rows of an output that was `mapped` from a part come from.
  package func rows(of port: Port, _ places: RowPlaces) -> RowSource {
    let input = areNamed ? inputs.first { $0.source.port.name == port.name } : inputs.first
    return input.map { .input($0, places) } ?? .noRows
  }
}

extension Plan {
  /// Whether an output of a stage holds the rows of the fold that is held out, and no others.
  package func holdsFold(_ stage: PlannedStage) -> Bool {
    stage.outputs.contains { holdsFold($0.name, of: stage) }
  }

  private func holdsFold(_ port: String, of stage: PlannedStage) -> Bool {
    guard case .input(let input, let places) = stage.rows(of: port) else { return false }
    if places == .fold { return true }
    return places != .dealt && holdsFold(input.source.port.name, of: stages[input.source.stage])
  }
}

extension PlannedStage {
  /// Where the rows of an output come from.
  package func rows(of port: String) -> RowSource {
    outputs.first { $0.name == port }.map(stage.rows) ?? .noRows
  }

  /// The first input of a stage that learns: what it is fitted to.
  package var learned: StageInput? { kind.role == .learns ? inputs.first : nil }
}

extension Stage {
  /// The inputs whose rows are in some output.
  package var rowInputs: [StageInput] {
    outputs.compactMap { port in
      if case .input(let input, _) = rows(of: port) { input } else { nil }
    }
  }
}
