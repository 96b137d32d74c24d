import Diagnostics

/// A format in which a trained model is written as a folder for other programs.
package protocol ModelExport: SendableMetatype {
  /// Whether it is for models of a kind.
  static func isFor(_ kind: any ModelKind.Type) -> Bool

  /// Whether it may write a file of that name, so that one of an earlier export can be replaced.
  static func isWritten(_ name: String) -> Bool

  /// Reads a model of such a kind.
  init(_ model: StoredModel) throws(Diagnostic)

  /// Writes the files, and replaces those of the same names.
  ///
  /// - Returns: their names.
  func write(to folder: String) throws(Diagnostic) -> [String]
}
