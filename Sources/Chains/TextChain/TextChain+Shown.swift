import Text

extension TextChain {
  /// Pieces for people, with Moses's entities written as characters.
  package func shown(_ pieces: [String]) -> [String] {
    let hasEntities = steps.contains { step in
      (step.recalled as? any FollowsMoses)?.writesEntities ?? false
    }
    return hasEntities ? pieces.map(MosesEntities.unescaped) : pieces
  }
}
