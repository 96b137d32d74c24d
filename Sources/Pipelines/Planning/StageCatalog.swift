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

  /// What a kind offers when it is given nothing but defaults.
  package func outputs(of kind: any Stage.Type) -> [Port] {
    func open<S: Stage>(_: S.Type) -> [Port] {
      var options = StageOptions.describing(S.self)
      return S(from: &options).outputs
    }
    return open(kind)
  }

  /// The kinds that produce an artifact of this type.
  func kinds(giving type: ArtifactType) -> [String] {
    kinds.filter { outputs(of: $0).contains { $0.type == type } }.map { $0.kind }
  }
}
