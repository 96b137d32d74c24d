import Formats

/// An artifact, or what differs between two of a type, as it is shown: to a person as lines of text,
/// to a program as JSON.
package protocol ArtifactView: Sendable {
  /// A few lines, among others.
  func summary(width: Int) -> [String]
  /// The full view.
  func text(width: Int) -> [String]
  var json: JSONValue { get }
  /// What it shows as tables.
  var tables: [ShownTable] { get }
}

extension ArtifactView {
  package var tables: [ShownTable] { [] }
}
