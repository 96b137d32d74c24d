import Diagnostics

/// A parsed TOML 1.0.0 text: its root table, and the text to quote from.
package struct TOMLDocument: Sendable {
  package let root: TOMLTable
  package let source: TOMLSource

  /// Parses a whole text, or throws the first error with its place, line and caret.
  package static func parse(_ bytes: [UInt8], file: String) throws(Diagnostic) -> TOMLDocument {
    let source = TOMLSource(bytes: bytes, file: file)
    var parser = try Parser(source)
    return TOMLDocument(root: try parser.document(), source: source)
  }
}

extension TOMLValue {
  /// Parses text that is one value, as in `--set train.epochs=10`.
  ///
  /// An unquoted word is an error here: a caller that takes it for a string says so itself.
  package static func parse(_ text: String, origin: String) throws(Diagnostic) -> TOMLNode {
    var parser = try Parser(TOMLSource(bytes: Array(text.utf8), file: origin))
    return try parser.singleValue()
  }
}
