/// One of several folds that rows are dealt out to, held out to score what the others trained.
package struct Fold: Hashable, Sendable {
  /// Counted from 1.
  package let number: Int
  /// How many folds there are.
  package let count: Int
}

extension StageOptions {
  package static let foldCount = "folds"
  package static let fold = "fold"

  /// The most folds; more are taken for a mistake.
  private static let mostFolds = 100

  /// Reads into how many folds rows are dealt out, and which of them is held out.
  ///
  /// Unless that is given, runs and sweeps hold each out in turn, and the stage by itself the first.
  package mutating func fold() -> Fold? {
    let count = added {
      $0.optionalInteger(
        Self.foldCount, in: 2...Self.mostFolds, unset: "none",
        "how many folds rows are dealt out to; runs and sweeps hold out each in turn")
    }
    let hasFolds = OptionCondition(
      count != nil, obstacle: "a stage without folds", remedy: "add folds = 10")
    let number = under(hasFolds) {
      $0.optionalInteger(
        Self.fold, in: 1...(count ?? Self.mostFolds), unset: "each in turn",
        "the only fold to hold out, counted from 1")
    }
    guard let count else { return nil }
    if number == nil { key(Self.fold, .integer(1)) }
    return Fold(number: number ?? 1, count: count)
  }
}

extension Plan {
  /// The stages whose folds runs and sweeps hold out in turn.
  package var foldedStages: [PlannedStage] { stages.filter { $0.foldCount != nil } }
}

extension PlannedStage {
  /// How many folds a run holds out in turn; nil where there are none, or the definition names one.
  package var foldCount: Int? {
    guard let fold = keyLines.first(where: { $0.name == StageOptions.fold }), fold.place == nil,
      kind.role == .divides
    else { return nil }
    for line in keyLines where line.name == StageOptions.foldCount {
      if case .option(.integer(let count)) = line.content { return count }
    }
    return nil
  }
}
