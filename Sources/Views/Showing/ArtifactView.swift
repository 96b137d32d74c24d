import Formats

/// The view of an artifact: lines of text for people, JSON for programs.
package protocol ArtifactView: Sendable {
  /// A few lines, for an artifact shown among others.
  func summary(width: Int) -> [String]
  /// The full view.
  func text(width: Int) -> [String]
  var json: JSONValue { get }
}
