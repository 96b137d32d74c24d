import Diagnostics
import TOML

/// The path of a file outside the store, as a definition writes it, and where.
package struct WrittenPath: Sendable {
  let text: String
  private let range: SourceRange
  private let source: TOMLSource

  init(_ text: String, at range: SourceRange, of source: TOMLSource) {
    self.text = text
    self.range = range
    self.source = source
  }

  /// A failure to read the file, naming the path as it is written and pointing at it.
  ///
  /// - Parameter path: the file that was looked for.
  package func locate(_ failure: Diagnostic, of path: String) -> Diagnostic {
    guard failure.place == nil else { return failure }
    var message = failure.message
    if text != path {
      let remedy = message.remedy.map { "; \($0)" } ?? ""
      message = Diagnostic.Message(
        message.problem.replacing("'\(path)'", with: "'\(text)'"),
        remedy: "it was looked for as '\(path)'\(remedy)")
    }
    var located = source.diagnostic(message, at: range)
    located.severity = failure.severity
    return located
  }
}
