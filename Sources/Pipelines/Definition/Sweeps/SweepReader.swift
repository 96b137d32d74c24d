import Diagnostics
import TOML

/// Reads the `[sweep.NAME]` tables of a definition and collects every problem on the way.
struct SweepReader {
  let source: TOMLSource
  /// The names of the definition's stages.
  let stages: [String]
  var problems: [Diagnostic] = []

  init(source: TOMLSource, stages: [String]) {
    self.source = source
    self.stages = stages
  }

  mutating func read(_ entry: TOMLTable.Entry) -> [Sweep] {
    guard case .table(let sweeps) = entry.node.value else {
      report(.sweepIsNoTable(entry.key), entry.keyRange)
      return []
    }
    return sweeps.entries.compactMap { sweep($0) }
  }

  private static let options = ["grid", "zip", "list", "random", "seeds", "halving", "best"]

  private mutating func sweep(_ entry: TOMLTable.Entry) -> Sweep? {
    guard case .table(let table) = entry.node.value else {
      report(.sweepIsNoTable(entry.key), entry.keyRange)
      return nil
    }
    var sweep = Sweep(name: entry.key, range: entry.keyRange, source: source)
    for option in table.entries {
      switch option.key {
      case "grid": sweep.axes += grid(option)
      case "zip": sweep.axes += zip(option)
      case "list": sweep.axes += list(option)
      case "random": sweep.axes += random(option)
      case "seeds": sweep.seedCount = wholeNumber(option.node, "seeds", in: 1...1000) ?? 1
      case "halving": sweep.halving = halving(option)
      case "best": sweep.objective = objective(option)
      default: report(.unknownSweepOption(option.key, among: Self.options), option.keyRange)
      }
    }
    check(&sweep, table)
    return sweep
  }

  /// Reports options that vary twice, and sweeps without points or with too many, and empties these.
  private mutating func check(_ sweep: inout Sweep, _ table: TOMLTable) {
    var seen: Set<String> = []
    for name in sweep.axes.flatMap(\.optionNames) where !seen.insert(name).inserted {
      report(.variesTwice(name), sweep.range)
    }
    let varying = ["grid", "zip", "list", "random", "seeds"]
    let isUnderstood = table.keys.allSatisfy(Self.options.contains)
    if isUnderstood, !table.keys.contains(where: varying.contains) {
      report(.variesNothing(sweep.name), sweep.range)
    }
    var count = sweep.seedCount
    for axis in sweep.axes {
      count = count.multipliedReportingOverflow(by: axis.alternatives.count).partialValue
      guard (0...Sweep.maximumPointCount).contains(count) else {
        report(.tooManyPoints(sweep.name), sweep.range)
        sweep.axes = []
        return
      }
    }
  }

  mutating func report(_ message: Diagnostic.Message, _ range: SourceRange) {
    problems.append(source.diagnostic(message, at: range))
  }

  mutating func wholeNumber(_ node: TOMLNode, _ name: String, in range: ClosedRange<Int>) -> Int? {
    let wanted = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    guard case .integer(let number) = node.value else {
      report(.wrongType(name, wanted: wanted, node.value), node.range)
      return nil
    }
    guard range.contains(Int(number)) else {
      report(.outOfRange(name, wanted: wanted), node.range)
      return nil
    }
    return Int(number)
  }

  private mutating func objective(_ entry: TOMLTable.Entry) -> Objective? {
    guard case .string(let text) = entry.node.value else {
      report(
        .wrongType("best", wanted: "text such as \"evaluate.accuracy max\"", entry.node.value),
        entry.node.range)
      return nil
    }
    switch Objective.reading(text, stages: stages) {
    case .success(let objective): return objective
    case .failure(let problem):
      report(problem.message, entry.node.range)
      return nil
    }
  }

  private mutating func halving(_ entry: TOMLTable.Entry) -> Halving? {
    guard case .table(let table) = entry.node.value else {
      report(
        .wrongType(
          "halving", wanted: "a table such as { start = 1, factor = 2 }", entry.node.value),
        entry.node.range)
      return nil
    }
    var halving = Halving()
    for option in table.entries {
      switch option.key {
      case "start":
        halving.start = wholeNumber(option.node, "halving.start", in: 1...1_000_000) ?? 1
      case "factor": halving.factor = wholeNumber(option.node, "halving.factor", in: 2...1000) ?? 2
      case "by":
        guard case .string(let text) = option.node.value, let dot = text.firstIndex(of: ".") else {
          report(
            .wrongType("halving.by", wanted: "text such as \"train.epochs\"", option.node.value),
            option.node.range)
          continue
        }
        let stage = String(text[..<dot])
        if stages.contains(stage) {
          halving.extent = (stage, String(text[dot...].dropFirst()))
        } else {
          report(.unresolved(stage, .unknownStage(among: stages)), option.node.range)
        }
      default:
        report(.unknownHalvingOption(option.key), option.keyRange)
      }
    }
    return halving
  }
}

extension Diagnostic.Message {
  fileprivate static func sweepIsNoTable(_ name: String) -> Self {
    Self("'\(name)' wants a table", remedy: "write [sweep.NAME] with what varies below it")
  }

  fileprivate static func unknownSweepOption(_ name: String, among known: [String]) -> Self {
    Self(
      "a sweep has no option '\(name)'\(Suggestion.ending(for: name, among: known))",
      remedy: "use \(known.joined(separator: ", "))")
  }

  fileprivate static func unknownHalvingOption(_ name: String) -> Self {
    let known = ["by", "start", "factor"]
    return Self(
      "halving has no option '\(name)'\(Suggestion.ending(for: name, among: known))",
      remedy: "use \(known.joined(separator: ", "))")
  }

  fileprivate static func variesTwice(_ name: String) -> Self {
    Self("\(name) varies twice in this sweep", remedy: "leave it in one of grid, zip, list, random")
  }

  static func variesNothing(_ name: String) -> Self {
    Self(
      "the sweep '\(name)' varies nothing",
      remedy: "add grid = { \"STAGE.OPTION\" = [1, 2] }, or zip, list, random or seeds")
  }

  static func tooManyPoints(_ name: String) -> Self {
    Self(
      "the sweep '\(name)' has more than \(Sweep.maximumPointCount) points",
      remedy: "vary less, or draw some of them with random = { points = 50, … }")
  }
}
