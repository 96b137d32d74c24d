import Artifacts
import Chains
import Diagnostics
import Formats
import Metrics
import Pipelines
import Reports

extension ResultComparison {
  package func text(width: Int) -> [String] {
    let heading = ["A  \(a.title)", "B  \(b.title)"]
    guard !stages.isEmpty else {
      return heading + ["", "nothing differs in \(Spelling.count(unchanged.count, "stage"))"]
    }
    var lines = heading + ["", "causes"]
    for stage in stages where stage.isRoot {
      lines += stage.causeLines(width: width - 2).map { "  \($0)" }
    }
    let followers = stages.filter { !$0.isRoot }.map(\.stage)
    if !followers.isEmpty {
      let list = followers.joined(separator: " → ").wrapped(to: width - 4)
      lines += list.enumerated().map { number, line in (number == 0 ? "  └ " : "    ") + line }
    }
    if !unchanged.isEmpty {
      lines += "unchanged: \(unchanged.joined(separator: ", "))".wrapped(to: width)
    }
    for (side, result) in [("A", a), ("B", b)] where !result.pending.isEmpty {
      lines += "not run in \(side): \(result.pending.map(\.stage).joined(separator: ", "))"
        .wrapped(to: width)
    }
    if !artifacts.isEmpty {
      let nameWidth = artifacts.reduce(0) { max($0, $1.name.displayWidth) }
      lines += ["", "artifacts"]
      for (name, difference) in artifacts {
        for line in difference.summary(width: max(20, width - nameWidth - 4)) {
          lines.append("  \(name.padded(to: nameWidth))  \(line)")
        }
      }
    }
    for comparison in scores { lines += [""] + comparison.text(width: width) }
    if !scores.isEmpty, areTrainedApart {
      lines += "each side is one training: another seed may move a score as much".wrapped(to: width)
    }
    return lines
  }

  /// Whether both sides were trained, in two trainings.
  private var areTrainedApart: Bool {
    stages.contains { stage in stage.outputs.contains { $0.a.content == .model } }
  }

  package var json: JSONValue {
    [
      "a": .string(a.title), "b": .string(b.title),
      "causes": .array(stages.filter(\.isRoot).map(\.json)),
      "followers": .array(stages.filter { !$0.isRoot }.map { .string($0.stage) }),
      "unchanged": .array(unchanged.map { .string($0) }),
      "not-run": [
        "a": .array(a.pending.map { .string($0.stage) }),
        "b": .array(b.pending.map { .string($0.stage) }),
      ],
      "artifacts": .object(artifacts.map { .init($0.name, $0.difference.json) }),
      "scores": .object(scores.map { .init($0.stage, $0.json) }),
    ]
  }
}

extension StageDifference {
  /// The most options of one side alone that get a line each.
  private static let mostLone = 3

  fileprivate func causeLines(width: Int) -> [String] {
    if let missing { return ["\(stage)  only in \(missing == .a ? "B" : "A")"] }
    if options.isEmpty { return ["\(stage)  gave other bytes from the same options and inputs"] }
    var lone: [Option] = []
    var lists: [String] = []
    // Two kinds of model have few options in common: those of one alone are no changes.
    for (side, value) in [("A", \Option.a), ("B", \Option.b)] {
      let own = options.filter { ($0.a == nil) != ($0.b == nil) && $0[keyPath: value] != nil }
      guard own.count > Self.mostLone else { continue }
      lone += own
      let list = own.map { "\($0.name)\u{A0}\($0[keyPath: value] ?? "")" }
      lists += "\(stage), only in \(side): \(list.joined(separator: ", "))".wrapped(to: width - 2)
        .enumerated().map { number, line in number == 0 ? line : "  " + line }
    }
    let changed = options.filter { option in !lone.contains { $0.name == option.name } }
    return changed.map { "\(stage).\($0.name)  \($0.a ?? "(unset)") → \($0.b ?? "(unset)")" }
      + lists
  }

  fileprivate var json: JSONValue {
    let options = options.map { option in
      JSONValue.Member(
        option.name,
        ["a": option.a.map { .string($0) } ?? .null, "b": option.b.map { .string($0) } ?? .null])
    }
    return [
      "stage": .string(stage), "in-a": .bool(missing != .a), "in-b": .bool(missing != .b),
      "options": .object(options),
    ]
  }
}

extension ScoreComparison {
  package func text(width: Int) -> [String] {
    var table = TextTable([
      .name(stage), .number("A"), .number("B"), .number("B − A"), .number("95 % of B − A"),
      .number("p"), .text("test"),
    ])
    for line in lines {
      func signed(_ number: Double) -> String {
        (number > 0 ? "+" : "") + Spelling.score(number, of: line.name)
      }
      let interval = line.significance?.difference.map { difference in
        "\(signed(difference.mean - difference.halfWidth)) … "
          + signed(difference.mean + difference.halfWidth)
      }
      table.append([
        line.name, Spelling.score(line.a, of: line.name), Spelling.score(line.b, of: line.name),
        signed(line.b - line.a), interval ?? "",
        line.significance.map { Spelling.pValue($0.pValue, least: $0.leastPValue) } ?? "",
        line.significance?.test ?? "",
      ])
    }
    let untested = lines.flatMap { line in
      line.untested.map { "\(line.name) is not tested: \($0)".wrapped(to: width) } ?? []
    }
    let ending =
      obstacle ?? "tested on \(Spelling.count(rowCount, "row")) that both were scored on"
    return table.lines(width: width) + untested + ending.wrapped(to: width)
  }

  package var json: JSONValue {
    let scores = lines.map { line in
      JSONValue.Member(line.name, .object(line.members))
    }
    return [
      "rows": .integer(rowCount), "obstacle": obstacle.map { .string($0) } ?? .null,
      "scores": .object(scores),
    ]
  }
}

extension ScoreComparison.Line {
  fileprivate var members: [JSONValue.Member] {
    var members: [JSONValue.Member] = [
      .init("a", .number(a)), .init("b", .number(b)), .init("difference", .number(b - a)),
    ]
    if let untested { members.append(.init("untested", .string(untested))) }
    if let significance {
      members += [
        .init("test", .string(significance.test)), .init("p", .number(significance.pValue)),
      ]
      if let difference = significance.difference {
        members += [
          .init("mean-difference", .number(difference.mean)),
          .init("interval", .number(difference.halfWidth)),
        ]
      }
    }
    return members
  }
}
