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
}
