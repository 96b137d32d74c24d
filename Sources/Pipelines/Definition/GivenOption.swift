import TOML

/// An option as a person wrote it, in the definition or on the command line.
package struct GivenOption: Sendable {
  package let name: String
  package let nameRange: SourceRange
  package let node: TOMLNode
  /// The text it was written in, for pointing at it.
  package let source: TOMLSource
  /// Whether `--set` or a point of a sweep gives it, which wins over all of the definition.
  var isOverlay: Bool

  package init(
    name: String, nameRange: SourceRange, node: TOMLNode, source: TOMLSource,
    isOverlay: Bool = false
  ) {
    self.name = name
    self.nameRange = nameRange
    self.node = node
    self.source = source
    self.isOverlay = isOverlay
  }
}
