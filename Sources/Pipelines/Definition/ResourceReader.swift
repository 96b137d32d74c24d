import Diagnostics
import TOML

/// Reads the tables that say where stages are carried out and what they need.
package struct ResourceReader {
  private let source: TOMLSource
  package private(set) var problems: [Diagnostic] = []

  package init(source: TOMLSource) { self.source = source }

  /// Reads `[executor]`.
  package mutating func executor(_ table: TOMLTable) -> ExecutorTable {
    var executor = ExecutorTable()
    for entry in table.entries {
      switch entry.key {
      case "kind":
        guard let text = text(entry) else { continue }
        executor.kind = ExecutorName(rawValue: text)
        if executor.kind == nil {
          let names = ExecutorName.allCases.map(\.rawValue)
          report(.unknownChoice(text, entry.key, among: names), entry)
        }
      case "partition": executor.partition = text(entry)
      case "account": executor.account = text(entry)
      case "time": executor.seconds = seconds(entry)
      case "memory": executor.memory = byteCount(entry)
      case "memory-limit": executor.memoryLimit = byteCount(entry)
      case "cores":
        if case .table(let kinds) = entry.node.value {
          for kind in kinds.entries { executor.coresByKind[kind.key] = count(kind) }
        } else {
          executor.cores = count(entry)
        }
      case "options": executor.options = texts(entry)
      case "jobs": executor.jobs = count(entry)
      case "chunk": executor.chunk = count(entry)
      default:
        let known = [
          "kind", "partition", "account", "time", "memory", "memory-limit", "cores", "options",
          "jobs", "chunk",
        ]
        problems.append(
          source.diagnostic(
            .unknownResource(entry.key, ExecutorTable.name, known), at: entry.keyRange))
      }
    }
    return executor
  }

  /// Reads `needs` of a stage.
  mutating func needs(_ node: TOMLNode) -> StageNeeds {
    guard case .table(let table) = node.value else {
      problems.append(
        source.diagnostic(
          .wrongType(StageNeeds.option, wanted: "a table", node.value), at: node.range))
      return StageNeeds()
    }
    var needs = StageNeeds()
    for entry in table.entries {
      switch entry.key {
      case "cores": needs.cores = count(entry)
      case "memory": needs.memory = byteCount(entry)
      case "time": needs.seconds = seconds(entry)
      default:
        problems.append(
          source.diagnostic(
            .unknownResource(entry.key, StageNeeds.option, ["cores", "memory", "time"]),
            at: entry.keyRange))
      }
    }
    return needs
  }

  private mutating func report(_ message: Diagnostic.Message, _ entry: TOMLTable.Entry) {
    problems.append(source.diagnostic(message, at: entry.node.range))
  }

  private mutating func text(_ entry: TOMLTable.Entry) -> String? {
    if case .string(let text) = entry.node.value { return text }
    report(.wrongType(entry.key, wanted: "text in quotes", entry.node.value), entry)
    return nil
  }

  private mutating func texts(_ entry: TOMLTable.Entry) -> [String]? {
    guard case .array(let nodes) = entry.node.value else { return text(entry).map { [$0] } }
    var texts: [String] = []
    for node in nodes {
      guard case .string(let text) = node.value else {
        report(.wrongType(entry.key, wanted: "texts in quotes", node.value), entry)
        return nil
      }
      texts.append(text)
    }
    return texts
  }

  private mutating func count(_ entry: TOMLTable.Entry) -> Int? {
    if case .integer(let number) = entry.node.value, (1...1_000_000).contains(number) {
      return Int(number)
    }
    report(.outOfRange(entry.key, wanted: "a whole number from 1"), entry)
    return nil
  }

  private mutating func byteCount(_ entry: TOMLTable.Entry) -> Int? {
    guard let text = text(entry) else { return nil }
    let count = WrittenQuantity.byteCount(text).flatMap { $0 > 0 ? $0 : nil }
    if count == nil { report(.outOfRange(entry.key, wanted: "a size such as \"8G\""), entry) }
    return count
  }

  private mutating func seconds(_ entry: TOMLTable.Entry) -> Double? {
    guard let text = text(entry) else { return nil }
    let seconds = WrittenQuantity.seconds(text).flatMap { $0 > 0 ? $0 : nil }
    if seconds == nil { report(.outOfRange(entry.key, wanted: "a time such as \"2h\""), entry) }
    return seconds
  }
}

extension Diagnostic.Message {
  fileprivate static func unknownResource(
    _ name: String, _ table: String, _ known: [String]
  ) -> Self {
    Self(
      "\(table) has no entry '\(name)'\(Suggestion.ending(for: name, among: known))",
      remedy: "use \(known.joined(separator: ", "))")
  }
}
