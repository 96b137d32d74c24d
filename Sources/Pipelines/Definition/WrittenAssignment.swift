import TOML

/// The parts of `STAGE.OPTION=VALUE` or `seed=VALUE`, an argument of the command line.
package struct WrittenAssignment {
  package let source: TOMLSource
  /// Nil for the definition's own `seed`.
  package let stage: String?
  package let stageRange: SourceRange
  package let option: String
  let optionRange: SourceRange
  package let value: String
  package let valueRange: SourceRange

  /// Nil when a part is missing; only the value may be empty.
  ///
  /// - Parameter origin: what stands for the file's name where problems are shown.
  package init?(_ argument: String, origin: String) {
    let columns = Array(argument.unicodeScalars)
    guard let equals = columns.firstIndex(of: "=") else { return nil }
    func part(_ columns: ArraySlice<Unicode.Scalar>) -> (String, SourceRange) {
      (
        String(String.UnicodeScalarView(columns)),
        SourceRange(line: 1, column: columns.startIndex + 1, length: columns.count)
      )
    }
    source = TOMLSource(text: argument, file: origin)
    if part(columns[..<equals]).0 == "seed" {
      stage = nil
      (option, optionRange) = part(columns[..<equals])
      stageRange = optionRange
    } else {
      guard let dot = columns[..<equals].firstIndex(of: "."), dot > 0, dot + 1 < equals else {
        return nil
      }
      (stage, stageRange) = part(columns[..<dot])
      (option, optionRange) = part(columns[(dot + 1)..<equals])
    }
    (value, valueRange) = part(columns[(equals + 1)...])
  }
}
