import Artifacts
import Diagnostics
import Formats

extension Record {
  /// The fact that holds what the stage warned of.
  package static let warningsFact = "warnings"

  static func facts(of warnings: [Diagnostic.Message]) -> [JSONValue.Member] {
    guard !warnings.isEmpty else { return [] }
    let list = warnings.map { warning in
      JSONValue.object(
        [.init("problem", .string(warning.problem))]
          + (warning.remedy.map { [.init("remedy", .string($0))] } ?? []))
    }
    return [.init(warningsFact, .array(list))]
  }

  /// What the stage warned of when it gave this result.
  package var warnings: [Diagnostic.Message] {
    let list = facts.first { $0.name == Self.warningsFact }?.value.arrayValue ?? []
    return list.compactMap { warning in
      warning["problem"]?.stringValue.map { problem in
        Diagnostic.Message(problem, remedy: warning["remedy"]?.stringValue)
      }
    }
  }
}

extension Assessment {
  /// What stages warned of when they gave the results that a run would use, at their places.
  package var recordedWarnings: [Diagnostic] {
    stages.flatMap { stage in
      (stage.record?.warnings ?? []).map { message in
        Diagnostic(
          message, at: stage.planned.place,
          excerpt: plan.definition.source.excerpt(at: stage.planned.place), severity: .warning)
      }
    }
  }
}
