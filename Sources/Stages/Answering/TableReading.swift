import Diagnostics
import Files
import Pipelines
import Text

/// How a file of rows is read that no definition names: as `load` reads it.
package struct TableReading: Sendable {
  let source: LoadSource
  let dialect: Dialect
  let invalid: InvalidBytes
  let badRows: BadRows

  /// - Parameters:
  ///   - path: the file, whose name says its format unless a setting does.
  ///   - settings: options of `load` as a person typed them: `delimiter=";"`.
  ///   - flag: the option of the command that they were given with, for errors.
  /// - Throws: when an option is malformed, or not one of how files are written.
  package init(
    _ path: String, settings: [String], from flag: String, badRows: BadRows
  ) throws(Diagnostic) {
    self.badRows = badRows
    let settings = try LoadSettings(settings, from: flag, file: path)
    source = settings.source
    var dialect = source.dialect
    if badRows != .stop, !settings.isGiven("stray-quotes") { dialect.strayQuotes = .keep }
    self.dialect = dialect
    invalid = badRows != .stop && !settings.isGiven("invalid") ? .replace : source.invalid
    guard source.format != .fastText else { throw Diagnostic(.noColumns) }
  }

  var malformedRows: MalformedRows { badRows == .stop ? .refuse : .skip }
  package var keepsMalformed: Bool { badRows == .blank }

  /// - Parameter shouldStop: asked while a pipe has nothing to read.
  func decoder(
    _ path: String, unless shouldStop: @escaping () -> Bool
  ) throws(Diagnostic) -> Decoder<InputFile> {
    decoder(try InputFile(path, allowingPipes: true, unless: shouldStop), file: path)
  }

  /// - Parameter path: the name that errors give.
  func decoder(_ file: consuming InputFile, file path: String) -> Decoder<InputFile> {
    Decoder(file, file: path, encoding: source.encoding, invalid: invalid)
  }
}

extension Diagnostic.Message {
  fileprivate static let noColumns = Self(
    "lines of fastText have no columns", remedy: "read them line by line, without --text")
}
