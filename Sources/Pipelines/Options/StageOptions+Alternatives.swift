extension StageOptions {
  /// Reads a name and then the options that go with it; a manual has the options of all names.
  ///
  /// - Parameter read: declares and reads the options that go with a name.
  package mutating func alternative<Name: RawRepresentable<String> & CaseIterable, Value>(
    _ name: String, default standard: Name, _ meaning: String,
    _ read: (Name, inout StageOptions) -> Value
  ) -> Value {
    let chosen = choice(name, default: standard, meaning)
    guard isDescribing else { return read(chosen, &self) }
    let before = declarations
    let alternatives = Name.allCases.map { alternative in
      declarations = []
      _ = read(alternative, &self)
      return (condition: "\(name) = \"\(alternative.rawValue)\"", options: declarations)
    }
    let shared = (alternatives.first?.options ?? []).filter { option in
      alternatives.allSatisfy { $0.options.contains(option) }
    }
    let value = read(chosen, &self)
    declarations =
      before + shared
      + alternatives.flatMap { condition, options in
        options.filter { !shared.contains($0) }.map { $0.under(condition) }
      }
    return value
  }

  /// Reads options only under a condition; a manual has them with the condition.
  ///
  /// - Parameter condition: as a definition spells it.
  package mutating func when<Value>(
    _ isMet: Bool, _ condition: String, _ read: (inout StageOptions) -> Value
  ) -> Value? {
    guard isMet || isDescribing else { return nil }
    let before = declarations
    declarations = []
    let value = read(&self)
    declarations = before + declarations.map { $0.under(condition) }
    return value
  }

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

extension OptionDeclaration {
  /// The same under one more condition, which is the first to be met.
  fileprivate func under(_ outer: String) -> OptionDeclaration {
    var declaration = self
    declaration.condition = [outer, condition].compactMap(\.self).joined(separator: " and ")
    return declaration
  }
}
