import Diagnostics
import TOML

/// Turns definitions into the stages of a plan, or into every problem they have.
///
/// Of several definitions, stages of one name that would do the same work become one stage. Those that
/// differ from the first definition in a few stages cost little more than these stages do.
package final class Planner: ReferenceResolver {
  private enum Progress {
    case visiting
    case planned(Int)
    case failed
  }

  /// A stage of the first definition, and the stages that it asked for in its options.
  private struct FirstStage {
    let index: Int
    let asked: [String]
  }

  /// What a stage does, whichever definition it is of.
  private struct Work: Hashable {
    let name: String
    let kind: String
    /// Of which names and contents count.
    let lines: [KeyLine]

    init(_ name: String, _ kind: String, _ lines: [KeyLine]) {
      self.name = name
      self.kind = kind
      self.lines = lines
    }

    init(_ stage: PlannedStage) { self.init(stage.baseName, stage.kind.kind, stage.keyLines) }

    static func == (a: Work, b: Work) -> Bool {
      a.name == b.name && a.kind == b.kind && a.lines.count == b.lines.count
        && zip(a.lines, b.lines).allSatisfy { $0.name == $1.name && $0.content == $1.content }
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(name)
      for line in lines { hasher.combine(line.content) }
    }
  }

  /// How many stages may refer to later ones in a chain: what keeps the call stack bounded.
  static let longestChain = 250

  private let catalog: StageCatalog
  /// The definition being planned, and how far each of its stages is.
  private var definition: Definition
  private var tables: [String: Definition.StageTable] = [:]
  private var progress: [String: Progress] = [:]
  private var path: [String] = []
  /// What the stages being planned have asked for so far, by the stage.
  private var asked: [String: [String]] = [:]
  /// The stages of the first definition, by their names; nil while that is being planned.
  private var common: [String: FirstStage]?
  /// The stages whose tables may differ from those of the first definition; nil when any may.
  private var changed: Set<String>?
  /// The first stage of each name, of all definitions.
  private var firstStages: [String: Int] = [:]
  /// The later stages of a name, by what they do.
  private var laterStages: [Work: Int] = [:]
  package private(set) var stages: [PlannedStage] = []
  package private(set) var problems: [Diagnostic] = []
  /// What there is to refer to of the planned stages of the definition.
  private var references: [String: [OutputReference]] = [:]
  /// The lines of the last key of each kind.
  private var usualLines: [String: [KeyLine]] = [:]

  package init(_ definition: Definition, catalog: StageCatalog) {
    self.definition = definition
    self.catalog = catalog
  }

  /// Plans every stage of a definition.
  ///
  /// - Parameter changed: the stages whose tables may differ from those of the first definition that
  ///   was planned; nil when any may, or something beside the stages does.
  /// - Returns: their places among all stages, in an order in which they can be run.
  @discardableResult
  package func plan(_ definition: Definition, changing changed: Set<String>? = nil) -> [Int] {
    self.definition = definition
    self.changed = changed
    tables = Dictionary(
      definition.stages.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    progress = [:]
    references = [:]
    asked = [:]
    for table in definition.stages where progress[table.name] == nil { plan(table) }
    if common == nil { common = firstDefinition }
    return progress.values.compactMap { state in
      if case .planned(let index) = state { index } else { nil }
    }.sorted()
  }

  /// The stages that were planned of the definition.
  private var firstDefinition: [String: FirstStage] {
    var stages: [String: FirstStage] = [:]
    for (name, state) in progress {
      if case .planned(let index) = state {
        stages[name] = FirstStage(index: index, asked: asked[name] ?? [])
      }
    }
    return stages
  }

  /// The stage of the first definition that this one is too, since its table and all that it asks
  /// for are.
  private func commonStage(_ name: String) -> Int? {
    guard let changed, !changed.contains(name), let first = common?[name] else { return nil }
    for other in first.asked {
      if progress[other] == nil, let table = tables[other] { plan(table) }
      guard case .planned(let index) = progress[other], index == common?[other]?.index else {
        return nil
      }
    }
    return first.index
  }

  package func outputs(of name: String) throws(ReferenceProblem) -> [OutputReference]? {
    if common == nil, let asking = path.last { asked[asking, default: []].append(name) }
    guard let table = tables[name] else {
      throw .unknownStage(among: definition.stages.map(\.name))
    }
    if progress[name] == nil { plan(table) }
    switch progress[name] {
    case .planned(let index):
      if let known = references[name] { return known }
      let outputs = stages[index].outputs
      let counts =
        outputs.count == 1 ? [:] : Dictionary(outputs.map { ($0.type, 1) }, uniquingKeysWith: +)
      let references = outputs.map { port in
        OutputReference(
          stage: index, stageName: name, port: port,
          isOneOfSeveral: counts[port.type, default: 1] != 1)
      }
      self.references[name] = references
      return references
    case .visiting: throw .circle(path[(path.firstIndex(of: name) ?? 0)...] + [name])
    case .failed, nil: return nil
    }
  }

  func input(_ name: String, ofStage index: Int) -> StageInput? {
    guard stages.indices.contains(index) else { return nil }
    return stages[index].inputs.first { $0.name == name }
  }

  func kinds(turning given: ArtifactType, into wanted: ArtifactType) -> [String] {
    catalog.kinds(turning: given, into: wanted)
  }

  func kinds(giving type: ArtifactType) -> [String] { catalog.kinds(giving: type) }

  private func plan(_ table: Definition.StageTable) {
    guard path.count < Self.longestChain else {
      problems.append(definition.source.diagnostic(.chainTooLong, at: table.headerRange))
      progress[table.name] = .failed
      return
    }
    progress[table.name] = .visiting
    path.append(table.name)
    defer { path.removeLast() }
    if let index = commonStage(table.name) {
      progress[table.name] = .planned(index)
      return
    }
    guard let kind = catalog[table.kind] else {
      let message = Diagnostic.Message.unknownKind(table.kind, among: catalog.names)
      problems.append(definition.source.diagnostic(message, at: table.kindRange))
      progress[table.name] = .failed
      return
    }
    instantiate(kind, table)
  }

  private func instantiate<S: Stage>(_ kind: S.Type, _ table: Definition.StageTable) {
    let header = StageOptions.Header(
      name: table.name, range: table.headerRange, source: definition.source,
      folder: definition.folder)
    var options = StageOptions(
      kind: kind.kind, header: header, given: table.options, seed: definition.seed, resolver: self,
      usualLines: usualLines[kind.kind] ?? [])
    let stage = S(from: &options)
    options.reportUnknown(among: catalog.describe(kind))
    problems += options.problems
    guard options.problems.isEmpty, !options.leadsToProblem else {
      progress[table.name] = .failed
      return
    }
    usualLines[kind.kind] = options.keyLines
    if let index = equalStage(named: table.name, kind.kind, options.keyLines) {
      progress[table.name] = .planned(index)
      return
    }
    let outputs = stage.outputs
    let planned = PlannedStage(
      index: stages.count, kind: kind, stage: stage, outputs: outputs, options: options,
      table: table, of: definition,
      parts: parts(of: stage, outputs, named: table.name, options.inputs))
    progress[table.name] = .planned(stages.count)
    if firstStages[table.name] == nil {
      firstStages[table.name] = stages.count
    } else {
      laterStages[Work(planned)] = stages.count
    }
    stages.append(planned)
  }

  /// The stage of another definition that has this name and does this work: of two, one is made.
  private func equalStage(named name: String, _ kind: String, _ lines: [KeyLine]) -> Int? {
    guard let first = firstStages[name] else { return nil }
    let work = Work(name, kind, lines)
    return Work(stages[first]) == work ? first : laterStages[work]
  }

  /// The parts of splits whose rows each output holds, or was made from.
  private func parts<S: Stage>(
    of stage: S, _ outputs: [Port], named name: String, _ inputs: [StageInput]
  ) -> [String: Set<String>] {
    func partsHeld(by input: StageInput) -> Set<String> {
      stages[input.source.stage].parts[input.source.port.name] ?? []
    }
    var parts: [String: Set<String>] = [:]
    for port in outputs {
      let held: Set<String> =
        switch (S.role, stage.rows(of: port)) {
        case (.divides, _): ["\(name).\(port.name)"]
        case (.transforms, .input(let input, _)), (.answers, .input(let input, _)):
          partsHeld(by: input)
        case (.transforms, .noRows): inputs.reduce(into: []) { $0.formUnion(partsHeld(by: $1)) }
        case (.transforms, .files(line: .some)): ["\(name).\(port.name)"]
        case (.transforms, .files), (.learns, _), (.scores, _), (.answers, _): []
        }
      if !held.isEmpty { parts[port.name] = held }
    }
    return parts
  }
}

extension Diagnostic.Message {
  static let chainTooLong = Self(
    "more than \(Planner.longestChain) stages refer to later ones in a chain",
    remedy: "write stages after those they read from")

  package static func unknownKind(_ kind: String, among kinds: [String]) -> Self {
    Self(
      "there is no stage kind '\(kind)'\(Suggestion.ending(for: kind, among: kinds))",
      remedy: "`millrace stages` lists them: \(kinds.joined(separator: ", "))")
  }
}
