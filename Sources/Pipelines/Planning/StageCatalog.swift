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

  /// The outputs of a kind whose options all have their defaults.
  package func outputs(of kind: any Stage.Type) -> [Port] {
    func open<S: Stage>(_: S.Type) -> [Port] {
      var options = StageOptions.describing(S.self)
      return S(from: &options).outputs
    }
    return open(kind)
  }

  /// The kinds that give an artifact of one type and read one of another.
  func kinds(turning given: ArtifactType, into wanted: ArtifactType) -> [String] {
    guard given != wanted else { return [] }
    return kinds.filter { kind in
      let (read, made) = types(of: kind)
      return read.contains(given) && made.contains(wanted)
    }.map { $0.kind }
  }

  /// The kinds that give an artifact of a type.
  func kinds(giving type: ArtifactType) -> [String] {
    kinds.filter { types(of: $0).made.contains(type) }.map { $0.kind }
  }

  /// What a kind may read, and what it makes.
  private func types(
    of kind: any Stage.Type
  ) -> (read: Set<ArtifactType>, made: Set<ArtifactType>) {
    func open<S: Stage>(_: S.Type) -> (Set<ArtifactType>, Set<ArtifactType>) {
      var options = StageOptions.describing(S.self)
      let made = S(from: &options).outputs.map(\.type)
      return (options.readableTypes, Set(made))
    }
    return open(kind)
  }
}
