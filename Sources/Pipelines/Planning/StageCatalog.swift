import Diagnostics

/// Every stage kind a program knows.
package struct StageCatalog: Sendable {
  package let kinds: [any Stage.Type]

  package init(_ kinds: [any Stage.Type]) { self.kinds = kinds }

  package subscript(kind: String) -> (any Stage.Type)? { kinds.first { $0.kind == kind } }

  package var names: [String] { kinds.map { $0.kind } }

  /// What a kind's initialiser declares, found by reading no options at all.
  package func describe(_ kind: any Stage.Type) -> [OptionDeclaration] {
    func open<S: Stage>(_: S.Type) -> [OptionDeclaration] {
      var options = StageOptions.describing(S.self)
      _ = S(from: &options)
      return options.declarations
    }
    return open(kind)
  }

  /// The kinds that produce an artifact of this type.
  func kinds(giving type: ArtifactType) -> [String] {
    func gives<S: Stage>(_: S.Type) -> Bool {
      var options = StageOptions.describing(S.self)
      return S(from: &options).outputs.contains { $0.type == type }
    }
    return kinds.filter { gives($0) }.map { $0.kind }
  }
}
