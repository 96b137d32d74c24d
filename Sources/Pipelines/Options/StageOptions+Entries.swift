import TOML

/// One value of an option that is a table of shares, counts, words and references.
package enum TableEntry: Hashable, Sendable {
  case share(Double)
  case count(Int)
  case word(String)
  /// A table of one entry, such as `{ every = 23 }`.
  case setting(name: String, Int)
  case input(StageInput)
}

extension StageOptions {
  /// Reads a table such as `{ train = 0.8, valid = 500, test = "load-test" }`.
  ///
  /// - Parameters:
  ///   - words: texts that are not references; nil where no text is one.
  ///   - type: what references must lead to.
  package mutating func entries(
    _ name: String, expecting expectation: String, words: [String]?, referringTo type: ArtifactType,
    default standard: String?, _ meaning: String
  ) -> [(name: String, value: TableEntry)] {
    guard
      let option = declare(
        name, .table(of: Self.entryShape), expectation, default: standard, referringTo: type,
        meaning)
    else { return [] }
    guard case .table(let table) = option.node.value else {
      report(
        .wrongType(name, wanted: "a \(expectation)", option.node.value), at: option.node, of: option
      )
      return []
    }
    return table.entries.compactMap { entry in
      let line = "\(name).\(StageKey.name(entry.key))"
      return value(of: entry.node, in: option, line: line, words: words, type).map {
        (entry.key, $0)
      }
    }
  }

  private static let entryShape = OptionShape.oneOf([
    .number(.any), .text, .table(of: .integer(Int.min...Int.max)),
  ])

  private mutating func value(
    of node: TOMLNode, in option: GivenOption, line: String, words: [String]?, _ type: ArtifactType
  ) -> TableEntry? {
    switch node.value {
    case .integer(let count):
      appendKeyLine(line, .option(.integer(Int(count))), option)
      return .count(Int(count))
    case .float(let share):
      appendKeyLine(line, .option(.number(share)), option)
      return .share(share)
    case .string(let word) where words?.contains(word) ?? true:
      appendKeyLine(line, .option(.text(word)), option)
      return .word(word)
    case .string:
      guard let found = references(in: node, of: option, named: line, [type]) else { return nil }
      guard found.count == 1, let source = found.first else {
        report(.severalOutputs(line, found), at: node, of: option)
        return nil
      }
      let input = StageInput(name: line, source: source)
      appendInput(input, option)
      return .input(input)
    case .table(let table):
      guard let entry = table.entries.first, table.entries.count == 1,
        case .integer(let number) = entry.node.value
      else { fallthrough }
      appendKeyLine(
        "\(line).\(StageKey.name(entry.key))", .option(.integer(Int(number))), option)
      return .setting(name: entry.key, Int(number))
    default:
      report(
        .wrongType(line, wanted: "a number or a reference", node.value), at: node, of: option)
      return nil
    }
  }
}
