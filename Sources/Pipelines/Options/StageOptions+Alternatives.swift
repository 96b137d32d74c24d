extension StageOptions {
  /// Reads a reference to one artifact of any of these types.
  ///
  /// - Parameter types: the likeliest first; it stands in where the reference leads nowhere.
  package mutating func input(
    _ name: String, oneOf types: [ArtifactType], _ meaning: String
  ) -> StageInput {
    let expectation = "reference to a \(types.map(\.name).sorted().joined(separator: " or a "))"
    guard let option = declare(name, expectation, default: nil, meaning),
      let found = references(in: option.node, of: option, named: name, types)
    else { return standIn(name, types[0]) }
    guard found.count == 1, let source = found.first else {
      report(.severalOutputs(name, found), at: option.node, of: option)
      return standIn(name, types[0])
    }
    let input = StageInput(name: name, source: source)
    appendInput(input, option)
    return input
  }
}
