import Artifacts
import Diagnostics
import Formats
import Pipelines
import Reports

/// The view of a stage's record: its key, its time, and the facts it noted.
package struct RecordView: Sendable {
  private let stage: String
  private let record: Record

  package init(_ record: Record, of stage: String) {
    self.stage = stage
    self.record = record
  }

  package func text(width: Int) -> [String] {
    let key = StageKey.lines(of: record.keyText)
    let kind = key.first { $0.name == "kind" }?.value ?? "?"
    var cost = "\(record.when), \(Spelling.duration(record.seconds))"
    if record.cpuSeconds > 0 { cost += " (\(Spelling.duration(record.cpuSeconds)) of processors)" }
    if record.peakBytes > 0 { cost += ", at most \(Spelling.bytes(record.peakBytes)) of memory" }
    if !record.host.isEmpty { cost += ", on \(record.host)" }
    if !record.tool.isEmpty { cost += " by \(record.tool)" }
    let lines = ["\(stage): \(kind)"] + cost.wrapped(to: width)
    let options = key.filter { $0.name != "kind" }.map { line in
      "\(line.name) \(Self.shortened(line.value))"
    }
    return lines + [""] + Columns.lines(options, width: width) + factLines(width: width)
  }

  package var json: JSONValue {
    let key = StageKey.lines(of: record.keyText).map {
      JSONValue.Member($0.name, .string($0.value))
    }
    return [
      "stage": .string(stage), "key": .string("\(record.key)"), "key-lines": .object(key),
      "when": .string(record.when), "seconds": .number(record.seconds),
      "cpu-seconds": .number(record.cpuSeconds), "peak-bytes": .integer(record.peakBytes),
      "host": .string(record.host), "tool": .string(record.tool),
      "facts": .object(record.facts),
    ]
  }

  /// A digest by its first digits.
  private static func shortened(_ value: String) -> String {
    value.hasPrefix("b3:") ? String(value.prefix(15)) : value
  }

  /// The facts that the stage noted, without those that its artifacts show.
  private func factLines(width: Int) -> [String] {
    var lines = record.warnings.flatMap { "warning: \($0.problem)".wrapped(to: width) }
    for fact in record.facts {
      if ["summary", "epoch-seconds", Record.warningsFact].contains(fact.name)
        || fact.name.hasPrefix("unknown.")
      {
        continue
      }
      lines += Self.lines(of: fact, width: width)
    }
    return lines.isEmpty ? [] : [""] + lines
  }

  private static func lines(of fact: JSONValue.Member, width: Int) -> [String] {
    switch fact.value {
    case .object(let members) where members.contains { $0.value.arrayValue != nil }:
      return [fact.name]
        + members.flatMap { reason in
          examples(reason.value.arrayValue ?? [], of: reason.name, width: width)
        }
    case .object(let members):
      let parts = members.map { "\($0.name) \(spelling($0.value))" }
      return "\(fact.name): \(parts.joined(separator: ", "))".wrapped(to: width)
    case .array(let list) where fact.name.hasSuffix("examples"):
      return examples(list, of: fact.name, width: width)
    case .array(let list):
      return "\(fact.name): \(list.map(spelling).joined(separator: ", "))".wrapped(to: width)
    default: return "\(fact.name): \(spelling(fact.value))".wrapped(to: width)
    }
  }

  private static func examples(_ list: [JSONValue], of name: String, width: Int) -> [String] {
    list.map { "  \(name): \($0.spelling.printable)".fitted(to: width) }
  }

  private static func spelling(_ value: JSONValue) -> String {
    switch value {
    case .integer(let number): Spelling.count(Int(number))
    case .number(let number): Spelling.measure(number)
    default: value.spelling.printable
    }
  }
}
