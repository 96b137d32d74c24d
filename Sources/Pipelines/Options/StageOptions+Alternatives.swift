import TOML

extension StageOptions {
  /// Reads a name, then the options that belong to it; manuals list the options of all names.
  ///
  /// The options of a name may also stand in a table that is called like it, so that a definition
  /// can hold those of several names and a sweep can choose among them. There they come before
  /// options of the stage itself, and make the same key. Tables of names that are not chosen are
  /// read for their problems alone.
  ///
  /// - Parameters:
  ///   - alternatives: the names and what they stand for, the default first.
  ///   - read: declares and reads the options that belong to one of them.
  package mutating func alternative<Alternative, Value>(
    _ name: String, of alternatives: [(name: String, meant: Alternative)], _ meaning: String,
    _ read: (Alternative, inout StageOptions) -> Value
  ) -> Value {
    precondition(!alternatives.isEmpty, "\(name) has no alternatives")
    let names = alternatives.map(\.name)
    let chosen = choice(name, among: names, default: names[0], meaning)
    let meant = (alternatives.first { $0.name == chosen } ?? alternatives[0]).meant
    guard isDescribing else {
      for (other, meant) in alternatives where other != chosen {
        checkOwnOptions(of: other) { options in _ = read(meant, &options) }
      }
      return withOwnOptions(of: chosen) { options in read(meant, &options) }
    }
    if let place = declarations.lastIndex(where: { $0.name == name }) {
      declarations[place].hasOwnTables = true
    }
    let before = declarations
    var found: [(option: OptionDeclaration, names: [String])] = []
    for (alternative, meant) in alternatives {
      declarations = []
      _ = read(meant, &self)
      for option in declarations {
        if let place = found.firstIndex(where: { $0.option == option }) {
          found[place].names.append(alternative)
        } else {
          found.append((option, [alternative]))
        }
      }
    }
    let value = read(meant, &self)
    let (shared, own) = (
      found.filter { $0.names.count == names.count }, found.filter { $0.names.count < names.count }
    )
    declarations =
      before + shared.map(\.option)
      + own.map { option, names in
        let spelled = names.map { "\"\($0)\"" }.joined(separator: " or ")
        return option.under("\(name) = \(spelled)")
      }
    return value
  }

  /// Reads options only under a condition; manuals list them with the condition.
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
  /// - Parameter types: the likeliest first, which is the stand-in's where there is no such output.
  package mutating func input(
    _ name: String, oneOf types: [ArtifactType], _ meaning: String
  ) -> StageInput {
    optionalInput(name, oneOf: types, unset: nil, meaning) ?? standIn(name, types[0])
  }

  /// Reads a reference to one artifact of any of these types that may be left out.
  ///
  /// - Parameter unset: what happens then, for the help text; nil when it must be given.
  package mutating func optionalInput(
    _ name: String, oneOf types: [ArtifactType], unset: String?, _ meaning: String
  ) -> StageInput? {
    let expectation = "reference to a \(types.map(\.name).sorted().joined(separator: " or a "))"
    guard let option = declare(name, .text, expectation, default: unset, meaning),
      let found = references(in: option.node, of: option, named: name, types)
    else { return nil }
    guard found.count == 1, let source = found.first else {
      report(.severalOutputs(name, found), at: option.node, of: option)
      return nil
    }
    let input = StageInput(name: name, source: source)
    appendInput(input, option)
    return input
  }
}

extension OptionDeclaration {
  /// The declaration under a further condition, named before its own.
  fileprivate func under(_ outer: String) -> OptionDeclaration {
    var declaration = self
    declaration.condition = [outer, condition].compactMap(\.self).joined(separator: " and ")
    return declaration
  }
}
