/// What an artifact holds, by name; an edge of a pipeline joins equal types only.
package struct ArtifactType: Hashable, Sendable, CustomStringConvertible {
  package let name: String

  package init(_ name: String) { self.name = name }

  /// What a stage that scores gives: one flat object of JSON, by which sweeps rank.
  package static let scores = Self("scores")

  package var description: String { name }
}

/// One output of a stage: its name, and what it holds.
package struct Port: Hashable, Sendable {
  package let name: String
  package let type: ArtifactType
  /// The scores by which a model of this port is evaluated, the most important first; empty for other
  /// artifacts, and where it is not known.
  package let scores: [StageScore]

  package init(_ name: String, _ type: ArtifactType, scoredBy scores: [StageScore] = []) {
    self.name = name
    self.type = type
    self.scores = scores
  }

  /// The only output of a stage, named after what it holds.
  package init(_ type: ArtifactType, scoredBy scores: [StageScore] = []) {
    self.init(type.name, type, scoredBy: scores)
  }
}
