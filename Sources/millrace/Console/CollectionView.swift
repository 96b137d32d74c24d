import Artifacts
import Diagnostics
import Formats
import Pipelines
import Reports

/// A plan for collecting garbage as text and as JSON.
struct CollectionView {
  private let plan: CollectionPlan
  private let pins: [Pin]
  /// Whether the plan was carried out.
  private let isDone: Bool

  init(_ plan: CollectionPlan, pins: [Pin], isDone: Bool) {
    self.plan = plan
    self.pins = pins
    self.isDone = isDone
  }

  func text(width: Int) -> [String] {
    var lines: [String] = []
    func append(_ title: String, _ works: [CollectionPlan.Work]) {
      guard !works.isEmpty else { return }
      let seconds = works.reduce(0) { $0 + $1.record.seconds }
      let size = works.reduce(0) { $0 + $1.byteCount }
      lines.append(
        "\(title): \(Spelling.bytes(size)), \(Spelling.duration(seconds)) to make again")
      lines += table(works).lines(width: width - 2).map { "  " + $0 }
      if works.contains(where: { $0.cell.isShared }) { lines.append("  " + DefinitionCell.legend) }
      lines.append("")
    }
    append(isDone ? "removed, held by nothing" : "to remove, held by nothing", plan.removed)
    append(isDone ? "evicted, scores stay" : "to evict, scores stay", plan.evicted)
    lines += otherLines
    for pin in pins { lines.append("pinned  \(pin.name)  \(pin.about)") }
    for (reason, works, byteCount) in plan.kept {
      lines.append(
        "kept    \(Spelling.count(works, "result")), \(Spelling.bytes(byteCount)): \(reason.text)")
    }
    return lines + [closing] + excess
  }

  private func table(_ works: [CollectionPlan.Work]) -> TextTable {
    var table = TextTable([
      .name("stage"), .path("definition"), .text("other options"), .number("size"), .number("age"),
      .number("to make again"),
    ])
    for work in works {
      table.append([
        work.name, work.cell.text, work.shownOptions,
        Spelling.bytes(work.byteCount), Spelling.duration(work.age),
        Spelling.duration(work.record.seconds),
      ])
    }
    return table
  }

  /// The lines for everything that is not the work of a stage.
  private var otherLines: [String] {
    var lines: [String] = []
    func append(_ count: Int, _ noun: String, _ byteCount: Int?, _ what: String) {
      guard count > 0 else { return }
      let size = byteCount.map { ", \(Spelling.bytes($0))" } ?? ""
      lines.append(
        "\(isDone ? "removed" : "remove")  \(Spelling.count(count, noun))\(size) \(what)")
    }
    append(
      plan.unnamed.count, "object", plan.unnamed.reduce(0) { $0 + $1.byteCount },
      "that no record names")
    append(
      plan.unfinished.count, "folder", plan.unfinished.reduce(0) { $0 + $1.byteCount },
      "of work begun and left")
    append(
      plan.damaged.count, "file", plan.damaged.reduce(0) { $0 + $1.byteCount },
      "set aside as damaged")
    append(plan.runs.count, "journal", nil, "of old runs")
    for root in plan.goneRoots {
      append(1, "root", nil, "of \(root.path ?? "?"), which is no more")
    }
    return lines.isEmpty ? [] : lines + [""]
  }

  private var closing: String {
    let freed = Spelling.bytes(plan.before - plan.after)
    let sizes = "\(Spelling.bytes(plan.before)) → \(Spelling.bytes(plan.after))"
    if plan.isEmpty { return "nothing to remove: the store has \(Spelling.bytes(plan.before))" }
    return isDone ? "freed \(freed): \(sizes)" : "would free \(freed): \(sizes); --yes does it"
  }

  private var excess: [String] {
    guard let limit = plan.policy.byteCount, plan.excess > 0 else { return [] }
    return [
      "still \(Spelling.bytes(plan.excess)) over \(Spelling.bytes(limit)): what is left is pinned, "
        + "in use, or the results of definitions"
    ]
  }

  var json: JSONValue {
    [
      "done": .bool(isDone), "before-bytes": .integer(plan.before),
      "after-bytes": .integer(plan.after), "excess-bytes": .integer(plan.excess),
      "removed": .array(plan.removed.map(\.json)), "evicted": .array(plan.evicted.map(\.json)),
      "unnamed": .array(plan.unnamed.map { .string("\($0.digest)") }),
      "unfinished": .array(plan.unfinished.map { .string("\($0.key)") }),
      "damaged": .array(plan.damaged.map { .string($0.name) }),
      "runs": .array(plan.runs.map { .string($0.name) }),
      "gone-definitions": .array(plan.goneRoots.map { .string($0.path ?? "") }),
      "pins": .array(pins.map { ["name": .string($0.name), "about": .string($0.about)] }),
      "kept": .array(
        plan.kept.map { reason, works, byteCount in
          [
            "reason": .string(reason.text), "results": .integer(works),
            "bytes": .integer(byteCount),
          ]
        }),
    ]
  }
}

extension CollectionPlan.Work {
  fileprivate var name: String {
    stage ?? StageKey.lines(of: record.keyText).first.map { $0.value } ?? "?"
  }

  fileprivate var cell: DefinitionCell { DefinitionCell(definition, others: otherDefinitions) }

  /// The lines of its key that are options.
  fileprivate var options: String {
    StageKey.lines(of: record.keyText).dropFirst().filter { StageKey.digest(in: $0.value) == nil }
      .map { "\($0.name) \($0.value)" }.joined(separator: ", ")
  }

  /// Its differences from the stage's last result, or all options where there is none.
  fileprivate var shownOptions: String {
    guard let changes else { return options }
    return changes.isEmpty ? "(as when it last ran)" : changes.joined(separator: ", ")
  }

  fileprivate var json: JSONValue {
    [
      "stage": stage.map { .string($0) } ?? .null,
      "definition": definition.map { .string($0) } ?? .null,
      "other-definitions": .array(otherDefinitions.map { .string($0) }),
      "key": .string("\(record.key)"),
      "options": .string(options), "bytes": .integer(byteCount),
      "age-seconds": .number(age.rounded()),
      "recompute-seconds": .milliseconds(of: record.seconds),
      "outputs": .array(outputs.map { .string($0.port) }),
    ]
  }
}
