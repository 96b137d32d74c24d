import Diagnostics
import TOML

/// Reads a definition's TOML tables and collects every problem on the way.
package struct DefinitionReader {
  package let source: TOMLSource
  package var problems: [Diagnostic] = []

  package init(source: TOMLSource) { self.source = source }

  package mutating func read(_ document: TOMLTable, overlay: [GivenOverlay]) -> Definition {
    var name: String?
    var seed: UInt64 = 0
    var test = TestScores.open
    var stages: [Definition.StageTable] = []
    var sweepEntry: TOMLTable.Entry?
    var executor = ExecutorTable()
    for entry in document.entries {
      switch entry.key {
      case "name": name = text(entry)
      case "seed": seed = wholeNumber(entry.key, entry.node, in: source)
      case TestScores.option: test = testScores(entry.node)
      case "stage": stages = stageTables(entry, overlay: overlay)
      case "sweep": sweepEntry = entry
      case ExecutorTable.name: executor = executorTable(entry)
      default:
        let message =
          if case .table = entry.node.value {
            Diagnostic.Message.tableOutsideStages(entry.key)
          } else {
            Diagnostic.Message.unknownEntry(entry.key)
          }
        problems.append(source.diagnostic(message, at: entry.keyRange))
      }
    }
    if stages.isEmpty, problems.isEmpty {
      problems.append(Diagnostic(.noStages, at: Place(file: source.file)))
    }
    let isFinal = overlay.contains(where: \.isFinal)
    for change in overlay where change.stage == nil && !change.isFinal {
      seed = self.seed(in: change.option)
    }
    reportUnusedOverlay(overlay, stages)
    var sweepReader = SweepReader(source: source, stages: stages.map(\.name))
    let sweeps = sweepEntry.map { sweepReader.read($0) } ?? []
    problems += sweepReader.problems
    let file = source.file
    let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? ""
    return Definition(
      name: name ?? Self.name(ofFile: file), seed: seed,
      keepsTest: test == .final && !isFinal, showsKeptTest: test == .final && isFinal,
      stages: stages, sweeps: sweeps, executor: executor, overlay: overlay, source: source,
      folder: folder)
  }

  private static func name(ofFile path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.hasSuffix(".toml") ? String(file.dropLast(5)) : file
  }

  private mutating func text(_ entry: TOMLTable.Entry) -> String? {
    if case .string(let text) = entry.node.value { return text }
    problems.append(
      source.diagnostic(
        .wrongType(entry.key, wanted: "text in quotes", entry.node.value), at: entry.node.range))
    return nil
  }

  private mutating func testScores(_ node: TOMLNode) -> TestScores {
    if case .string(let text) = node.value, let test = TestScores(rawValue: text) { return test }
    let names = TestScores.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
    let message: Diagnostic.Message =
      if case .string(let text) = node.value {
        .unknownChoice(text, TestScores.option, among: TestScores.allCases.map(\.rawValue))
      } else {
        .wrongType(TestScores.option, wanted: names, node.value)
      }
    problems.append(source.diagnostic(message, at: node.range))
    return .open
  }

  private mutating func wholeNumber(
    _ name: String, _ node: TOMLNode, in source: TOMLSource
  ) -> UInt64 {
    let wanted = "a whole number from 0"
    let message: Diagnostic.Message
    if case .integer(let number) = node.value {
      if number >= 0 { return UInt64(number) }
      message = .outOfRange(name, wanted: wanted)
    } else {
      message = .wrongType(name, wanted: wanted, node.value)
    }
    problems.append(source.diagnostic(message, at: node.range))
    return 0
  }

  private mutating func stageTables(
    _ entry: TOMLTable.Entry, overlay: [GivenOverlay]
  ) -> [Definition.StageTable] {
    guard case .table(let tables) = entry.node.value else {
      problems.append(source.diagnostic(.stageIsNoTable("stage"), at: entry.keyRange))
      return []
    }
    let overlays = Dictionary(grouping: overlay, by: \.stage)
    return tables.entries.compactMap { stageTable($0, overlay: overlays[$0.key] ?? []) }
  }

  /// The seed that `--set` or a point of a sweep gives.
  mutating func seed(in option: GivenOption) -> UInt64 {
    wholeNumber("seed", option.node, in: option.source)
  }

  /// A stage's table, with the options that are over it.
  mutating func stageTable(
    _ entry: TOMLTable.Entry, overlay: [GivenOverlay]
  ) -> Definition.StageTable? {
    guard case .table(let table) = entry.node.value else {
      problems.append(source.diagnostic(.stageIsNoTable(entry.key), at: entry.keyRange))
      return nil
    }
    if entry.key.isEmpty || entry.key.contains(".") {
      problems.append(source.diagnostic(.stageName(entry.key), at: entry.keyRange))
    }
    var options = table.entries.map { option in
      GivenOption(name: option.key, nameRange: option.keyRange, node: option.node, source: source)
    }
    for change in overlay {
      options.removeAll { $0.name == change.option.name }
      var option = change.option
      option.isOverlay = true
      options.append(option)
    }
    let needs = options.first { $0.name == StageNeeds.option }.map { self.needs(in: $0) }
    options.removeAll { $0.name == StageNeeds.option }
    var kind = entry.key
    var kindRange = entry.keyRange
    if let given = options.first(where: { $0.name == "kind" }) {
      if case .string(let text) = given.node.value {
        (kind, kindRange) = (text, given.node.range)
      } else {
        let message = Diagnostic.Message.wrongType(
          "kind", wanted: "text in quotes", given.node.value)
        problems.append(given.source.diagnostic(message, at: given.node.range))
      }
    }
    return Definition.StageTable(
      name: entry.key, kind: kind, kindRange: kindRange, headerRange: entry.keyRange,
      options: options, needs: needs ?? StageNeeds())
  }

  private mutating func needs(in option: GivenOption) -> StageNeeds {
    var reader = ResourceReader(source: option.source)
    defer { problems += reader.problems }
    return reader.needs(option.node)
  }

  private mutating func executorTable(_ entry: TOMLTable.Entry) -> ExecutorTable {
    guard case .table(let table) = entry.node.value else {
      problems.append(source.diagnostic(.executorIsNoTable, at: entry.keyRange))
      return ExecutorTable()
    }
    var reader = ResourceReader(source: source)
    defer { problems += reader.problems }
    return reader.executor(table)
  }

  private mutating func reportUnusedOverlay(
    _ overlay: [GivenOverlay], _ stages: [Definition.StageTable]
  ) {
    let names = stages.map(\.name)
    for change in overlay {
      guard let stage = change.stage, !names.contains(stage) else { continue }
      let message = Diagnostic.Message.unresolved(stage, .unknownStage(among: names))
      problems.append(change.option.source.diagnostic(message, at: change.stageRange))
    }
  }
}

extension Diagnostic.Message {
  static let noStages = Self(
    "the definition has no stages", remedy: "add a table such as [stage.load] with kind = \"load\"")

  static func unknownEntry(_ name: String) -> Self {
    let known = ["name", "seed", "test", "stage", "sweep", ExecutorTable.name]
    return Self(
      "a definition has no entry '\(name)'\(Suggestion.ending(for: name, among: known))",
      remedy: "at the top stand name, seed and test, then [stage.NAME], [sweep.NAME] and [executor]"
    )
  }

  static func tableOutsideStages(_ name: String) -> Self {
    Self("the table '\(name)' stands outside the stages", remedy: "write [stage.\(name)]")
  }

  static func stageIsNoTable(_ name: String) -> Self {
    Self("'\(name)' wants a table", remedy: "write [stage.NAME] with the options below it")
  }

  fileprivate static let executorIsNoTable = Self(
    "'executor' wants a table", remedy: "write [executor] with kind = \"slurm\" below it")

  static func stageName(_ name: String) -> Self {
    Self(
      "'\(name)' cannot name a stage", remedy: "use a name without dots, which separate ports")
  }
}
