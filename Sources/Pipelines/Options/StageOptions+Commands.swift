import Diagnostics
import TOML

/// Options of a stage kind that a command line gives, outside of any definition.
extension StageOptions {
  /// Reads options of a kind as a person typed them, `delimiter=";"`, and reports what is wrong.
  ///
  /// - Parameters:
  ///   - own: options that the command gives itself; those that were typed win over them.
  ///   - settings: what was typed.
  ///   - flag: the option of the command, for errors.
  ///   - read: declares and reads the options, as the kind's initialiser does.
  package static func read<Value>(
    _ kind: any Stage.Type, own: [(name: String, value: OptionValue)], settings: [String],
    from flag: String, _ read: (inout StageOptions) -> Value
  ) throws(Diagnostic) -> Value {
    var given = stored(own)
    for setting in settings {
      let text = "\(kind.kind).\(setting)"
      guard let assignment = WrittenAssignment(text, origin: flag) else {
        throw Diagnostic(.noSetting(setting, flag))
      }
      let range = assignment.valueRange
      let value = try GivenOverlay.value(of: assignment.value, in: assignment, at: range)
      given.append(GivenOverlay(assignment, TOMLNode(value, at: range)).option)
    }
    var options = StageOptions(
      kind: kind.kind, header: .outside(kind), given: given, seed: 0, resolver: NoStages())
    let value = read(&options)
    options.reportUnknown(among: [])
    if let problem = options.problems.first { throw problem }
    return value
  }
}

extension Diagnostic.Message {
  fileprivate static func noSetting(_ setting: String, _ flag: String) -> Self {
    Self(
      "\(flag) wants OPTION=VALUE, but this is '\(setting)'",
      remedy: "write for example \(flag) delimiter=';'")
  }
}
