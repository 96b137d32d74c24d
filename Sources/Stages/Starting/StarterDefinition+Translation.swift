import Pipelines

extension StarterDefinition {
  /// From sentence pairs to a scored translator.
  func translation(source: NameOrNumber, target: NameOrNumber) -> String {
    """
    # Sentence → translation. `millrace run` does what is stale; `millrace stages KIND` explains each.
    name = \(Self.quoted(name))
    seed = 1

    \(load(["source = \(Self.spelling(source))", "target = \(Self.spelling(target))"]))

    """
  }
}
