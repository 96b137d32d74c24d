import Text

extension TextChain {
  /// Pieces as a person reads them, without the entities that Moses writes.
  package func shown(_ pieces: [String]) -> [String] {
    let hasEntities = steps.contains { step in
      (step.recalled as? any FollowsMoses)?.writesEntities ?? false
    }
    return hasEntities ? pieces.map(MosesEntities.unescaped) : pieces
  }
}
