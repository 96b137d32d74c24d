import TOML

extension StageOptions {
  /// Reads a list of whole numbers; a single number is a list of one.
  package mutating func integers(
    _ name: String, default standard: [Int], in range: ClosedRange<Int>, _ meaning: String
  ) -> [Int] {
    let option = declare(
      name, "\(Self.expectation(of: range)), or a list of them", default: "\(standard)", meaning)
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

  /// Reads a table of numbers by name, such as `{ "embedding.*" = 0.1 }`; empty unless given.
  package mutating func numbers(
    _ name: String, in range: NumberRange, _ meaning: String
  ) -> [(name: String, value: Double)] {
    let numbers = Self.expectation(of: range).replacing("number", with: "numbers")
    let expectation = "table of names and \(numbers)"
    let option = declare(name, expectation, default: "{}", meaning)
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
