import Formats

/// An artifact as it is shown: to a person as lines of text, to a program as JSON.
package protocol ArtifactView: Sendable {
  /// A few lines, for an artifact shown among others.
  func summary(width: Int) -> [String]
  /// Everything a person may learn from it.
  func text(width: Int) -> [String]
  var json: JSONValue { get }
}
