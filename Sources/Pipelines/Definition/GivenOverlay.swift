import Diagnostics
import TOML

/// One `--set STAGE.OPTION=VALUE` of the command line.
package struct GivenOverlay: Sendable {
  let stage: String
  let stageRange: SourceRange
  let option: GivenOption

  /// Reads `train.learning-rate=0.01`: the value is TOML, or else a bare text.
  ///
  /// - Throws: a diagnostic that points into the argument.
  package init(_ argument: String) throws(Diagnostic) {
    let source = TOMLSource(text: argument, file: "--set")
    let columns = Array(argument.unicodeScalars)
    guard let equals = columns.firstIndex(of: "="),
      let dot = columns[..<equals].firstIndex(of: "."), dot > 0, dot + 1 < equals
    else { throw Diagnostic(.malformedOverlay(argument)) }
    func range(_ columns: Range<Int>) -> SourceRange {
      SourceRange(line: 1, column: columns.lowerBound + 1, length: columns.count)
    }
    func text(_ range: Range<Int>) -> String {
      String(String.UnicodeScalarView(columns[range]))
    }
    let valueColumns = equals + 1..<columns.count
    stage = text(0..<dot)
    stageRange = range(0..<dot)
    let written = text(valueColumns)
    let value = (try? TOMLValue.parse(written, origin: "--set"))?.value ?? .string(written)
    option = GivenOption(
      name: text(dot + 1..<equals), nameRange: range(dot + 1..<equals),
      node: TOMLNode(value, at: range(valueColumns)), source: source)
  }
}

extension Diagnostic.Message {
  static func malformedOverlay(_ argument: String) -> Self {
    Self(
      "--set wants STAGE.OPTION=VALUE, but this is '\(argument)'",
      remedy: "write for example --set train.learning-rate=0.01")
  }
}
