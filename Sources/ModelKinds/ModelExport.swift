import Diagnostics

/// A format in which a trained model is written as a folder for other programs.
package protocol ModelExport: SendableMetatype {
  /// The kind of model it is for.
  static var model: any ModelKind.Type { get }

  /// Whether it may write a file of that name, so that one of an earlier export can be replaced.
  static func isWritten(_ name: String) -> Bool

  /// Reads a model of that kind.
  init(_ model: StoredModel) throws(Diagnostic)

  /// Writes the files, and replaces those of the same names.
  ///
  /// - Returns: their names.
  func write(to folder: String) throws(Diagnostic) -> [String]
}
