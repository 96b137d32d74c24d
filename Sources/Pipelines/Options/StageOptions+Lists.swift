import Diagnostics
import TOML

extension StageOptions {
  /// Reads a list of whole numbers; a single number is a list of one.
  package mutating func integers(
    _ name: String, default standard: [Int], in range: ClosedRange<Int>, _ meaning: String
  ) -> [Int] {
    let option = declare(
      name, .list(of: .integer(range)), "\(Self.expectation(of: range)), or a list of them",
      default: "\(standard)", meaning)
    var values = standard
    if let option {
      values = elements(of: option.node).compactMap {
        integer(in: $0, of: option, named: name, range)
      }
    }
    appendKeyLine(
      name, .texts(values.map(String.init)), default: .texts(standard.map(String.init)), option)
    return values
  }

  /// Reads a list of pairs of texts, such as `[["colour", "color"]]`; none unless given.
  ///
  /// One pair may be given without a list around it.
  package mutating func textPairs(
    _ name: String, _ meaning: String
  ) -> [(first: String, second: String)] {
    let expectation = "list of pairs of texts"
    let option = declare(name, .list(of: .list(of: .text)), expectation, default: "[]", meaning)
    var pairs: [(first: String, second: String)] = []
    if let option {
      let nodes = elements(of: option.node)
      let isFlat = nodes.allSatisfy { if case .string = $0.value { true } else { false } }
      let isRun = isFlat && (nodes.count == 2 || isRecalling && nodes.count % 2 == 0)
      let lists =
        isRun
        ? stride(from: 0, to: nodes.count, by: 2).map { (nodes[$0], Array(nodes[$0..<$0 + 2])) }
        : nodes.map { ($0, elements(of: $0)) }
      for (node, texts) in lists {
        guard texts.count == 2 else {
          report(.noPair(name), at: node, of: option)
          continue
        }
        if let first = text(in: texts[0], of: option, named: name),
          let second = text(in: texts[1], of: option, named: name)
        {
          pairs.append((first, second))
        }
      }
    }
    let spelled = pairs.flatMap { [$0.first, $0.second] }
    appendKeyLine(name, .texts(spelled), default: .texts([]), option)
    return pairs
  }

  /// Reads a table of numbers by name, such as `{ "embedding.*" = 0.1 }`; empty unless given.
  package mutating func numbers(
    _ name: String, in range: NumberRange, _ meaning: String
  ) -> [(name: String, value: Double)] {
    let numbers = Self.expectation(of: range).replacing("number", with: "numbers")
    let expectation = "table of names and \(numbers)"
    let option = declare(name, .table(of: .number(range)), expectation, default: "{}", meaning)
    var values: [(name: String, value: Double)] = []
    if let option {
      if case .table(let table) = option.node.value {
        values = table.entries.compactMap { entry in
          number(in: entry.node, of: option, named: "\(name).\(entry.key)", range, .double)
            .map { (entry.key, $0) }
        }
      } else {
        report(
          .wrongType(name, wanted: "a \(expectation)", option.node.value), at: option.node,
          of: option)
      }
    }
    let spelled = values.sorted { $0.name < $1.name }
      .map { "\($0.name) \(StageKey.spelling(of: $0.value))" }
    appendKeyLine(name, .texts(spelled), default: .texts([]), option)
    return values
  }
}

extension Diagnostic.Message {
  fileprivate static func noPair(_ name: String) -> Self {
    Self("an element of \(name) is no pair of texts", remedy: "write [[\"this\", \"that\"], …]")
  }
}
