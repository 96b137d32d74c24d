import Diagnostics
import Pipelines
import Text

/// A file with the name of each class, a line each, for labels that are numbers.
struct ClassNamesFile: Sendable {
  private let file: ExternalFile
  private let firstNumber: Int

  /// Declares the options; nil when no file is named.
  init?(from options: inout StageOptions) {
    let file = options.optionalFile(
      "class-names", unset: "labels are names", "a file that names the classes, a line each")
    let isNamed = OptionCondition(
      file != nil, obstacle: "labels that are names", remedy: "add class-names")
    firstNumber = options.under(isNamed) {
      $0.integer(
        "first-class", default: 0, in: 0...1, "the number of the first line of class-names")
    }
    guard let file else { return nil }
    self.file = file
  }

  /// - Parameter encoding: that of the data, which the file may have too.
  func read(_ work: StageWork, _ encoding: TextEncoding) throws(Diagnostic) -> ClassNames {
    try ClassNames(work.sideFile(file, fallback: encoding), firstNumber: firstNumber)
  }
}
