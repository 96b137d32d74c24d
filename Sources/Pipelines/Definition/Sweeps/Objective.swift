import Diagnostics

/// What makes one point better than another: `evaluate.macro-f1 max`.
package struct Objective: Hashable, Sendable {
  package enum Direction: String, CaseIterable, Sendable {
    case max, min
  }

  package let stage: String
  package let score: String
  package let direction: Direction

  package init(stage: String, score: String, direction: Direction) {
    self.stage = stage
    self.score = score
    self.direction = direction
  }

  /// `evaluate.macro-f1`.
  package var name: String { "\(stage).\(score)" }

  package func isBetter(_ a: Double, than b: Double) -> Bool {
    direction == .max ? a > b : a < b
  }
}

extension Objective {
  /// Reads `evaluate.macro-f1 max`.
  package static func reading(_ text: String, stages: [String]) -> Result<Objective, Diagnostic> {
    let words = text.split(separator: " ").map(String.init)
    guard let name = words.first, let dot = name.firstIndex(of: "."), words.count <= 2 else {
      return .failure(Diagnostic(.malformedObjective(text)))
    }
    let stage = String(name[..<dot])
    guard stages.contains(stage) else {
      return .failure(Diagnostic(.unresolved(stage, .unknownStage(among: stages))))
    }
    guard let direction = words.dropFirst().first.flatMap(Direction.init) else {
      return .failure(Diagnostic(.noDirection(name, words.dropFirst().first)))
    }
    return .success(
      Objective(stage: stage, score: String(name[dot...].dropFirst()), direction: direction))
  }
}

extension Diagnostic.Message {
  fileprivate static func malformedObjective(_ text: String) -> Self {
    Self("best wants STAGE.SCORE and max or min", remedy: "write \"evaluate.accuracy max\"")
  }

  fileprivate static func noDirection(_ name: String, _ word: String?) -> Self {
    let names = Objective.Direction.allCases.map(\.rawValue)
    return Self(
      word.map { "'\($0)' is neither max nor min\(Suggestion.ending(for: $0, among: names))" }
        ?? "best does not say whether more of \(name) is better",
      remedy: "write \"\(name) max\" or \"\(name) min\"")
  }
}
