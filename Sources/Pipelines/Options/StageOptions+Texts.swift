import Diagnostics
import TOML

extension StageOptions {
  package mutating func text(
    _ name: String, default standard: String?, expecting: String = "text", _ meaning: String
  ) -> String {
    let option = declare(
      name, .text, expecting, default: standard.map { StageKey.quoted($0) }, meaning)
    let value = option.flatMap { text(in: $0.node, of: $0, named: name) } ?? standard ?? ""
    appendKeyLine(name, .text(value), default: standard.map { .text($0) }, option)
    return value
  }

  /// Reads a text that may be left out.
  package mutating func optionalText(
    _ name: String, unset: String, _ meaning: String
  ) -> String? {
    let option = declare(name, .text, "text", default: unset, meaning)
    let value = option.flatMap { text(in: $0.node, of: $0, named: name) }
    if let value { appendKeyLine(name, .text(value), default: nil, option) }
    return value
  }

  /// Reads a list of texts; a single text is a list of one.
  package mutating func texts(
    _ name: String, default standard: [String]?, _ meaning: String
  ) -> [String] {
    let option = declare(
      name, .list(of: .text), "text, or a list of texts",
      default: standard.map { "[" + $0.map(StageKey.quoted).joined(separator: ", ") + "]" }, meaning
    )
    var values = standard ?? []
    if let option {
      let nodes = elements(of: option.node)
      values = nodes.compactMap { text(in: $0, of: option, named: name) }
    }
    appendKeyLine(name, .texts(values), default: standard.map { .texts($0) }, option)
    return values
  }

  /// Reads a list of texts that may be left out.
  package mutating func optionalTexts(
    _ name: String, unset: String, _ meaning: String
  ) -> [String]? {
    guard
      let option = declare(
        name, .list(of: .text), "text, or a list of texts", default: unset, meaning)
    else {
      return nil
    }
    let values = elements(of: option.node).compactMap { text(in: $0, of: option, named: name) }
    appendKeyLine(name, .option(.texts(values)), option)
    return values
  }

  /// Reads one ASCII character.
  ///
  /// - Parameter unset: the default in words.
  package mutating func byte(
    _ name: String, default standard: Character?, unset: String, _ meaning: String
  ) -> UInt8? {
    let option = declare(name, .character, "one ASCII character", default: unset, meaning)
    var value = standard?.asciiValue
    if let option, let text = text(in: option.node, of: option, named: name) {
      if text.count == 1, let byte = text.first?.asciiValue {
        value = byte
      } else {
        report(.outOfRange(name, wanted: "one ASCII character"), at: option.node, of: option)
      }
    }
    if let value {
      appendKeyLine(
        name, .text(String(Unicode.Scalar(value))),
        default: standard.map { .text(String($0)) }, option)
    }
    return value
  }

  /// Reads names and numbers, such as columns of a file; a single one is a list of one.
  ///
  /// - Parameter unset: what happens without; nil when it must be given.
  package mutating func namesOrNumbers(
    _ name: String, unset: String?, _ meaning: String
  ) -> [NameOrNumber] {
    guard
      let option = declare(
        name, .list(of: .oneOf([.text, .integer(1...100_000)])),
        "name or number, or a list of them",
        default: unset, meaning)
    else { return [] }
    var values: [NameOrNumber] = []
    for node in elements(of: option.node) {
      if case .integer = node.value {
        let number = integer(in: node, of: option, named: name, 1...100_000)
        if let number { values.append(.number(number)) }
      } else if let text = text(in: node, of: option, named: name) {
        values.append(.name(text))
      }
    }
    appendKeyLine(name, .texts(values.map(\.spelling)), default: nil, option)
    return values
  }

  /// The elements of a list, or the value itself as the only one.
  func elements(of node: TOMLNode) -> [TOMLNode] {
    if case .array(let nodes) = node.value { nodes } else { [node] }
  }

  mutating func text(in node: TOMLNode, of option: GivenOption, named name: String) -> String? {
    guard case .string(let value) = node.value else {
      report(.wrongType(name, wanted: "text in quotes", node.value), at: node, of: option)
      return nil
    }
    return value
  }
}

extension StageKey {
  /// A text as a definition spells it.
  package static func quoted(_ text: String) -> String {
    let spelled = spelling(of: text)
    return spelled.hasPrefix("\"") ? spelled : "\"\(spelled)\""
  }
}
