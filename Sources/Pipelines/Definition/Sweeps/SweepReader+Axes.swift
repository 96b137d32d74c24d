import Diagnostics
import TOML

extension SweepReader {
  /// `"STAGE.OPTION" = VALUE`, or the same in a table of the stage's name.
  private struct Assignment {
    let stage: String
    let option: String
    let stageRange: SourceRange
    let optionRange: SourceRange
    let node: TOMLNode

    var name: String { "\(stage).\(option)" }

    func overlay(_ value: TOMLNode, in source: TOMLSource) -> GivenOverlay {
      GivenOverlay(
        stage: stage, at: stageRange,
        option: GivenOption(name: option, nameRange: optionRange, node: value, source: source))
    }
  }

  /// An axis for each option of a grid.
  mutating func grid(_ entry: TOMLTable.Entry) -> [SweepAxis] {
    assignments(in: entry.node, of: "grid").compactMap { assignment in
      guard let values = values(of: assignment) else { return nil }
      return SweepAxis(alternatives: values.map { [assignment.overlay($0, in: source)] })
    }
  }

  /// The first values together, the second values together, and so on.
  mutating func zip(_ entry: TOMLTable.Entry) -> [SweepAxis] {
    var columns: [[GivenOverlay]] = []
    for assignment in assignments(in: entry.node, of: "zip") {
      guard let values = values(of: assignment) else { continue }
      if let first = columns.first, first.count != values.count {
        report(
          .unequalZip(assignment.name, values.count, first[0].name, first.count),
          assignment.node.range)
        continue
      }
      columns.append(values.map { assignment.overlay($0, in: source) })
    }
    guard let count = columns.first?.count else { return [] }
    return [SweepAxis(alternatives: (0..<count).map { row in columns.map { $0[row] } })]
  }

  /// An axis of points that are listed one by one.
  mutating func list(_ entry: TOMLTable.Entry) -> [SweepAxis] {
    guard case .array(let nodes) = entry.node.value, !nodes.isEmpty else {
      report(
        .wrongType("list", wanted: "a list of tables, one for each point", entry.node.value),
        entry.node.range)
      return []
    }
    var alternatives: [[GivenOverlay]] = []
    for node in nodes {
      alternatives.append(
        assignments(in: node, of: "list").map { $0.overlay($0.node, in: source) })
    }
    return [SweepAxis(alternatives: alternatives)]
  }

  /// An axis of points drawn at random, from a seed.
  mutating func random(_ entry: TOMLTable.Entry) -> [SweepAxis] {
    guard case .table(let table) = entry.node.value else {
      report(.noSettings("random", entry.node.value), entry.node.range)
      return []
    }
    var count: Int?
    var seed = 0
    var options: [TOMLTable.Entry] = []
    for option in table.entries {
      switch option.key {
      case "points":
        count = wholeNumber(option.node, "random.points", in: 1...Sweep.maximumPointCount) ?? 1
      case "seed": seed = wholeNumber(option.node, "random.seed", in: 0...Int.max) ?? 0
      default: options.append(option)
      }
    }
    let ranges = assignments(options, of: "random").compactMap { assignment in
      range(of: assignment).map { (assignment, $0) }
    }
    guard let count else {
      report(.noPointCount, entry.keyRange)
      return []
    }
    let alternatives = (0..<count).map { draw in
      ranges.map { assignment, range in
        let place = RandomRange.place(seed: UInt64(seed), option: assignment.name, draw: draw)
        let value = TOMLNode(range.value(at: place), at: assignment.node.range)
        return assignment.overlay(value, in: source)
      }
    }
    return [SweepAxis(alternatives: alternatives)]
  }

  private mutating func assignments(in node: TOMLNode, of option: String) -> [Assignment] {
    guard case .table(let table) = node.value, !table.entries.isEmpty else {
      report(.noSettings(option, node.value), node.range)
      return []
    }
    return assignments(table.entries, of: option)
  }

  private mutating func assignments(
    _ entries: [TOMLTable.Entry], of option: String
  ) -> [Assignment] {
    var found: [Assignment] = []
    for entry in entries {
      if let dot = entry.key.firstIndex(of: ".") {
        found.append(
          Assignment(
            stage: String(entry.key[..<dot]), option: String(entry.key[dot...].dropFirst()),
            stageRange: entry.keyRange, optionRange: entry.keyRange, node: entry.node))
      } else if case .table(let table) = entry.node.value {
        found += table.entries.map { inner in
          Assignment(
            stage: entry.key, option: inner.key, stageRange: entry.keyRange,
            optionRange: inner.keyRange, node: inner.node)
        }
      } else {
        report(.noOptionName(entry.key, in: option), entry.keyRange)
      }
    }
    return found.filter { assignment in
      if stages.contains(assignment.stage) { return true }
      report(.unresolved(assignment.stage, .unknownStage(among: stages)), assignment.stageRange)
      return false
    }
  }

  /// The values an option takes in turn.
  private mutating func values(of assignment: Assignment) -> [TOMLNode]? {
    if case .array(let nodes) = assignment.node.value, !nodes.isEmpty { return nodes }
    report(
      .wrongType(assignment.name, wanted: "a list of values to try", assignment.node.value),
      assignment.node.range)
    return nil
  }

  private mutating func range(of assignment: Assignment) -> RandomRange? {
    let node = assignment.node
    switch node.value {
    case .array(let nodes) where !nodes.isEmpty: return .choices(nodes.map(\.value))
    case .table(let table):
      guard let entry = table.entries.first, table.entries.count == 1,
        case .array(let ends) = entry.node.value, ends.count == 2
      else { break }
      switch (entry.key, ends[0].value.number, ends[1].value.number) {
      case ("linear", let low?, let high?) where low <= high: return .linear(low, high)
      case ("log", let low?, let high?) where low > 0 && low <= high:
        return .logarithmic(low, high)
      case ("integer", _, _):
        guard case .integer(let low) = ends[0].value, case .integer(let high) = ends[1].value,
          low <= high
        else { break }
        return .integer(low, high)
      default: break
      }
    default: break
    }
    report(.noRange(assignment.name), node.range)
    return nil
  }
}

extension TOMLValue {
  fileprivate var number: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .float(let number): number.isFinite ? number : nil
    default: nil
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func noSettings(_ option: String, _ value: TOMLValue) -> Self {
    .wrongType(
      option, wanted: "a table such as { \"train.learning-rate\" = … }", value)
  }

  fileprivate static func noOptionName(_ name: String, in option: String) -> Self {
    Self(
      "\(option) names '\(name)', but not of which stage",
      remedy: "write \"STAGE.\(name)\", with the stage it is an option of")
  }

  fileprivate static func unequalZip(
    _ name: String, _ count: Int, _ other: String, _ otherCount: Int
  ) -> Self {
    Self(
      "zip pairs \(count) values of \(name) with \(otherCount) of \(other)",
      remedy: "give both as many, or use grid for every combination")
  }

  fileprivate static let noPointCount = Self(
    "random does not say how many points to draw", remedy: "add points = 20")

  fileprivate static func noRange(_ name: String) -> Self {
    Self(
      "\(name) has no range to draw from",
      remedy: "write { log = [1e-4, 1e-1] }, { linear = [0, 0.5] }, { integer = [16, 256] }, "
        + "or a list of choices")
  }
}
