import Diagnostics
import Formats
import Pipelines
import Text

/// Options of `load` on how files are written that a person types outside of any definition.
package struct LoadSettings: Sendable {
  let source: LoadSource
  /// The options as a definition has them, each once.
  package let lines: [(option: String, line: String)]

  /// - Parameters:
  ///   - settings: what was typed: `delimiter=";"`.
  ///   - flag: the option of the command that they were given with, for errors.
  ///   - path: the file, whose name says its format unless a setting does.
  /// - Throws: when an option is malformed, or not one of how files are written.
  package init(
    _ settings: [String], from flag: String, file path: String
  ) throws(Diagnostic) {
    try self.init(settings, from: flag, LoadFormat(ofFile: path))
  }

  /// - Throws: also when an option is none of the format that was found.
  package init(
    _ settings: [String], from flag: String, format: TableSample.Format
  ) throws(Diagnostic) {
    let format: LoadFormat =
      switch format {
      case .delimited: .csv
      case .json: .json
      case .labelled: .fastText
      }
    try self.init(settings, from: flag, format)
  }

  private init(
    _ settings: [String], from flag: String, _ format: LoadFormat
  ) throws(Diagnostic) {
    // What a person leaves to be told from the file is not given.
    let settings = settings.filter { setting in
      guard let given = try? GivenOverlay("\(Load.kind).\(setting)") else { return true }
      return given.option.name != "format" || given.json.stringValue != LoadFormat.automatic
    }
    let given = settings.compactMap { try? GivenOverlay("\(Load.kind).\($0)") }
    if let place = given.map(\.option.name).first(where: LoadSource.places.contains) {
      throw Diagnostic(.place(place, flag))
    }
    // The path itself is not an option: it is not to be expanded, and is not relative to a definition.
    let own: [(String, OptionValue)] = [
      ("path", .text("input")), ("format", .text(format.rawValue)),
    ]
    // What is malformed is refused here.
    source = try StageOptions.read(Load.self, own: own, settings: settings, from: flag) {
      LoadSource(from: &$0)
    }
    var lines: [(option: String, line: String)] = []
    for overlay in given {
      let option = overlay.option.name
      lines.removeAll { $0.option == option }
      lines.append((option, "\(option) = \(overlay.spelling)"))
    }
    self.lines = lines
  }

  func isGiven(_ option: String) -> Bool { lines.contains { $0.option == option } }

  /// What they say of how a file is written.
  package var notation: GivenNotation {
    func given<Value>(_ option: String, _ value: Value) -> Value? { isGiven(option) ? value : nil }
    var notation = GivenNotation()
    notation.format = given("format", source.format).map { format in
      switch format {
      case .csv: .csv
      case .tsv: .tsv
      case .json: .json
      case .fastText: .fastText
      }
    }
    notation.delimiter = given("delimiter", source.dialect.delimiter)
    // What is said of stray quotes is said of a file that has quotes.
    notation.isQuoted =
      isGiven("quoting") || isGiven("stray-quotes") ? source.dialect.quote != nil : nil
    notation.hasHeader = given("header", source.dialect.hasHeader)
    notation.trims = given("trim", source.dialect.trims)
    notation.skippedLines = given("skip-lines", source.dialect.skippedLines)
    notation.dialect = source.dialect
    notation.rows = given("rows", source.rows).flatMap { $0 }
    notation.labelPrefix = given("label-prefix", source.labelPrefix)
    notation.encoding = given("encoding", source.encoding)
    notation.invalid = given("invalid", source.invalid)
    return notation
  }
}

extension Diagnostic.Message {
  fileprivate static func place(_ option: String, _ flag: String) -> Self {
    Self(
      "\(option) says where files are, and \(flag) how they are written",
      remedy: "leave it out: the files are those that the command names")
  }
}
