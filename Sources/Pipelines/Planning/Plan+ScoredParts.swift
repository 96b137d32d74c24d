import Diagnostics

extension Plan {
  /// The names of parts that settings are chosen by.
  static let validationParts: Set<Substring> = ["valid", "validation", "dev"]

  /// The name of the part that is kept for the end.
  static let testPart: Substring = "test"

  /// Whether the rows that a stage scores were kept to choose settings by.
  package func scoresValidation(_ stage: PlannedStage) -> Bool {
    scoredParts(of: stage).contains { Self.validationParts.contains($0) }
  }

  /// The stages that score test rows, and what only they need of the stages that transform rows.
  var stagesOfTest: [String] {
    let readers = PlanReaders(of: self).stages
    var found: Set<Int> = []
    for stage in stages.reversed() {
      if stage.kind.role == .scores {
        if scoredParts(of: stage).contains(Self.testPart) { found.insert(stage.index) }
      } else if stage.kind.role == .transforms {
        let users = readers[stage.index]
        if !users.isEmpty, users.allSatisfy(found.contains) { found.insert(stage.index) }
      }
    }
    return stages.filter { found.contains($0.index) }.map(\.name)
  }

  /// The parts whose rows a stage that scores reads, by their names in the split; empty where it reads
  /// none.
  private func scoredParts(of stage: PlannedStage) -> [Substring] {
    guard stage.kind.role == .scores else { return [] }
    return stage.inputs.filter(stage.names).flatMap { input in
      (stages[input.source.stage].parts[input.source.port.name] ?? []).compactMap {
        $0.split(separator: ".").last
      }
    }
  }
}

extension PlannedStage {
  /// Whether the definition says that it reads an input; what stands behind a model is not scored on.
  func names(_ input: StageInput) -> Bool {
    keyLines.contains { $0.name == input.name && $0.place != nil }
  }
}

extension Diagnostic.Message {
  static let noTestScores = Self(
    "test = \"final\" has nothing to keep: no stage scores rows of a part named test",
    remedy: "name the part test in the split, or leave this out")

  package static func keptForEnd(_ stage: String) -> Self {
    Self(
      "'\(stage)' is of test rows, which test = \"final\" keeps for the end",
      remedy: "add --final to compute and show their scores; it is counted how often")
  }

  package static func choosesByTest(_ stage: String) -> Self {
    Self(
      "'\(stage)' scores test rows, which test = \"final\" keeps for the end",
      remedy: "choose by a stage that scores the part for validation, such as"
        + " best = \"validate.macro-f1 max\"")
  }
}
