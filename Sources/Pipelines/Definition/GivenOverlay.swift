import Diagnostics
import Formats
import TOML

/// An option that overrides the definition's: from `--set STAGE.OPTION=VALUE` or a sweep's point.
package struct GivenOverlay: Sendable {
  /// Nil for the definition's own `seed` and `test`.
  package let stage: String?
  package let stageRange: SourceRange
  package let option: GivenOption

  /// Reads `train.learning-rate=0.01` or `seed=5`: the value is TOML, or else a bare text.
  ///
  /// - Throws: a diagnostic that points into the argument.
  package init(_ argument: String) throws(Diagnostic) {
    guard let assignment = WrittenAssignment(argument, origin: "--set") else {
      throw Diagnostic(.malformedOverlay(argument))
    }
    let range = assignment.valueRange
    let value = try Self.value(of: assignment.value, in: assignment, at: range)
    self.init(assignment, TOMLNode(value, at: range))
  }

  /// - Parameter value: with its place in the argument.
  package init(_ assignment: WrittenAssignment, _ value: TOMLNode) {
    stage = assignment.stage
    stageRange = assignment.stageRange
    option = GivenOption(
      name: assignment.option, nameRange: assignment.optionRange, node: value,
      source: assignment.source)
  }

  package init(stage: String?, at stageRange: SourceRange, option: GivenOption) {
    self.stage = stage
    self.stageRange = stageRange
    self.option = option
  }

  /// What `--final` means: test scores are computed and shown although the definition keeps them.
  package static let final: GivenOverlay = {
    let source = TOMLSource(text: "--final", file: "arguments")
    let range = SourceRange(line: 1, column: 1, length: 7)
    let node = TOMLNode(.string(TestScores.open.rawValue), at: range)
    return GivenOverlay(
      stage: nil, at: range,
      option: GivenOption(name: TestScores.option, nameRange: range, node: node, source: source))
  }()

  /// Whether it is the one of `--final`, which is no setting of any result.
  package var isFinal: Bool { stage == nil && option.name == TestScores.option }

  /// A TOML value, or else the text itself.
  ///
  /// - Parameter range: where the text stands in the argument.
  /// - Throws: for a number that is too large.
  package static func value(
    of text: String, in assignment: WrittenAssignment, at range: SourceRange
  ) throws(Diagnostic) -> TOMLValue {
    do throws(Diagnostic) {
      return try TOMLValue.parse(text, origin: assignment.source.file).value
    } catch {
      guard error.message.isOfTooLargeNumber else { return .string(text) }
      throw assignment.source.diagnostic(error.message, at: range)
    }
  }

  /// `train.learning-rate`.
  package var name: String { (stage.map { "\($0)." } ?? "") + option.name }

  /// The value as a definition spells it.
  package var spelling: String { option.node.value.spelling }

  /// The value for programs.
  package var json: JSONValue { option.node.value.json }
}

extension Diagnostic.Message {
  static func malformedOverlay(_ argument: String) -> Self {
    Self(
      "--set wants STAGE.OPTION=VALUE, but this is '\(argument)'",
      remedy: "write for example --set train.learning-rate=0.01, or --set seed=5")
  }
}
