import Artifacts
import Chains
import Diagnostics
import Files
import Formats
import Pipelines
import Stages
import Sweeps
import Text

/// The names that a word may have, from the definition, the data and the store.
struct LiveNames {
  /// Past runs offered, the newest.
  private static let mostRuns = 20

  private let typed: TypedWords

  init(_ typed: TypedWords) { self.typed = typed }

  /// - Parameter partial: the start of the word; names without it may be left out.
  func candidates(of kind: WordKind, _ partial: String) -> [Completion.Candidate] {
    switch kind {
    case .file: []
    case .stage: stages.map { ($0.name, $0.kind.kind) }
    case .modelStage:
      stages.filter { $0.outputs.contains { $0.type == .model } }.map { ($0.name, $0.kind.kind) }
    case .artifact: partial.contains(".") ? ports : stages.map { ($0.name, $0.kind.kind) }
    case .setting: settings(partial)
    case .sweep:
      sweeps.map { ($0.name, "sweep of \($0.optionNames.joined(separator: ", "))") }
        + (plan.map(\.foldedStages.isEmpty) ?? true ? [] : [(Sweep.ofFolds, "each fold in turn")])
    case .point: points
    case .score: scores.map { ($0, "") }
    case .tableColumn: tableColumns.map { ($0, "") }
    case .run: runs
    case .pin: store.flatMap { try? Pin.all(in: $0) }.map { $0.map { ($0.name, $0.about) } } ?? []
    case .stageKind:
      StageCatalog.standard.kinds.map { ($0.kind, String($0.manual.prefix { $0 != "\n" })) }
    case .column: columns.map { ($0, "") }
    case .choice(let words): words.map { ($0, "") }
    }
  }

  private var file: String? { typed.plain.first }

  private var store: ArtifactStore? { typed.arguments.map { ArtifactStore.chosen(by: $0) } }

  /// The plan of a definition without problems.
  private var plan: Plan? {
    guard let file, let arguments = typed.arguments,
      case .plan(let plan) = try? DefinitionFile.read(file, arguments)
    else { return nil }
    return plan
  }

  private var stages: [PlannedStage] { plan?.stages ?? [] }

  private var ports: [Completion.Candidate] {
    stages.flatMap { stage in stage.outputs.map { ("\(stage.name).\($0.name)", $0.type.name) } }
  }

  /// The options of the stage that is typed already, or of all stages; after `=`, their values.
  private func settings(_ partial: String) -> [Completion.Candidate] {
    if let equals = partial.firstIndex(of: "=") {
      return values(of: String(partial[..<equals]), partial)
    }
    return stages.filter { partial.hasPrefix("\($0.name).") || !partial.contains(".") }
      .flatMap { stage in
        StageCatalog.standard.describe(stage.kind).map { ("\(stage.name).\($0.name)=", $0.meaning) }
      }
  }

  /// The values an option may have, appended to the part of a list that is typed already.
  private func values(of option: String, _ partial: String) -> [Completion.Candidate] {
    let start = partial.prefix { $0 != "=" } + "="
    let list = partial.dropFirst(start.count)
    let earlier = list.lastIndex(of: ",").map { list[...$0] } ?? ""
    for stage in stages where option.hasPrefix("\(stage.name).") {
      let name = option.dropFirst(stage.name.count + 1)
      let declared = StageCatalog.standard.describe(stage.kind).filter { $0.name == name }
      return declared.flatMap(\.words).map { ("\(start)\(earlier)\($0)", "") }
    }
    return []
  }

  private var sweeps: [Sweep] { plan?.definition.sweeps ?? [] }

  /// Every point by its number, with its settings; and the best one.
  private var points: [Completion.Candidate] {
    guard let file, let arguments = typed.arguments else { return [] }
    let sweeps = sweeps
    return sweeps.flatMap { sweep -> [Completion.Candidate] in
      guard let plan = try? ChosenSweep([file, sweep.name], arguments).plan else { return [] }
      let prefix = sweeps.count > 1 ? "\(sweep.name)." : ""
      return [("\(prefix)best", "by \(plan.objective.name)")]
        + plan.points.map { point in
          let settings = point.settings.map { "\($0.name)=\($0.spelling)" }
          return ("\(prefix)\(point.number)", settings.joined(separator: " "))
        }
    }
  }

  /// Every score by its stage.
  private var scores: [String] {
    stages.flatMap { stage in stage.stage.scores.map { "\(stage.name).\($0.name)" } }
  }

  private var tableColumns: [String] {
    let named = typed.plain.count > 1 ? sweeps.filter { $0.name == typed.plain[1] } : sweeps
    let options =
      named.flatMap(\.optionNames)
      + typed.plain.dropFirst().filter { $0.contains("=") }.map { String($0.prefix { $0 != "=" }) }
    return ["point"] + options + scores
  }

  private var runs: [Completion.Candidate] {
    let runs = (store.flatMap { try? $0.runs() } ?? []).prefix(Self.mostRuns)
    guard !runs.isEmpty else { return [] }
    return [("last", "the newest run")]
      + runs.map { ($0.name, (try? $0.events)?.first?["definition"]?.stringValue ?? "") }
  }

  private var columns: [String] {
    // Of the rows that a command answers, or of the data that it is given.
    guard let file = typed.arguments?.value(AnsweredFile.input) ?? file else { return [] }
    let sample = try? TableSample(file: file, rowLimit: 100) { () throws(Diagnostic) in
      try InputFile(file)
    }
    return sample?.columnNames ?? []
  }
}
