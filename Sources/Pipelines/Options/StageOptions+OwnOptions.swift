import Diagnostics
import TOML

extension StageOptions {
  /// Reads options with those before the stage's that stand in a table of a name, or are given as
  /// `NAME.OPTION`, as `--set` and sweeps do, which may also give an option without the name.
  mutating func withOwnOptions<Value>(
    of name: String, _ read: (inout StageOptions) -> Value
  ) -> Value {
    let own = ownOptions(of: name)
    guard !own.isEmpty else { return read(&self) }
    var options = self
    for option in own {
      options.readNames.remove(option.name)
      let isOverruled = given[option.name].map { $0.isOverlay && !option.isOverlay } ?? false
      if !isOverruled { options.replaceGiven(option) }
    }
    let value = read(&options)
    let unread = own.filter { !options.readNames.contains($0.name) }
    if !unread.isEmpty {
      let known = options.readNames.subtracting(readNames).sorted()
      for option in unread {
        options.problems.append(
          option.source.diagnostic(
            .unknownOption(option.name, kind: name, among: known), at: option.nameRange))
      }
    }
    options.restoreGiven(from: self)
    options.readNames.formUnion(readNames)
    self = options
    return value
  }

  /// Reports the problems of the options in a name's own table, though nothing is made of them.
  mutating func checkOwnOptions(of name: String, _ read: (inout StageOptions) -> Void) {
    guard !ownOptions(of: name).isEmpty else { return }
    var options = self
    options.withOwnOptions(of: name, read)
    problems += options.problems[problems.count...]
  }

  /// The options in the table of a name, then those given one by one, later ones replacing.
  private mutating func ownOptions(of name: String) -> [GivenOption] {
    var own: [GivenOption] = []
    if let option = given[name] {
      readNames.insert(name)
      if case .table(let table) = option.node.value {
        own = table.entries.map { entry in
          GivenOption(
            name: entry.key, nameRange: entry.keyRange, node: entry.node, source: option.source)
        }
      } else {
        report(.noOwnOptions(name, option.node.value), at: option.node, of: option)
      }
    }
    for (full, option) in given.sorted(by: { $0.key < $1.key }) where full.hasPrefix(name + ".") {
      readNames.insert(full)
      let inner = String(full.dropFirst(name.count + 1))
      own.removeAll { $0.name == inner }
      own.append(
        GivenOption(
          name: inner, nameRange: option.nameRange, node: option.node, source: option.source,
          isOverlay: option.isOverlay))
    }
    return own
  }
}

extension Diagnostic.Message {
  fileprivate static func noOwnOptions(_ name: String, _ value: TOMLValue) -> Self {
    .wrongType(name, wanted: "a table of its options", value)
  }
}
