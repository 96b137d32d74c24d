/// Stages of definitions that train a small translator on the pairs of `pairs.tsv`.
package enum PairStages {
  /// Reads a source and a target from each line.
  package static let load = """
    [stage.load]
    path = "pairs.tsv"
    header = false
    source = 1
    target = 2
    """

  /// Options of `train`: one width throughout, an encoder of one layer.
  package static func shape(width: Int = 16, decoderLayers: Int = 1) -> String {
    let decoder = Array(repeating: "\(width)", count: decoderLayers).joined(separator: ", ")
    return """
      model = "convs2s"
      embedding = \(width)
      encoder-channels = [\(width)]
      decoder-channels = [\(decoder)]
      output-embedding = \(width)
      """
  }

  /// Numbers the pairs of a table by one vocabulary and learns from them fast.
  ///
  /// `train` comes last, so that further options of it may follow.
  package static func translator(of table: String) -> String {
    """
    [stage.words]
    kind = "learn-vocabulary"
    from = "\(table)"
    boundaries = true
    [stage.binarize]
    from = "\(table)"
    source-vocabulary = "words"
    target-vocabulary = "words"
    [stage.train]
    from = "binarize"
    \(shape())
    optimizer = "adam"
    schedule = "constant"
    learning-rate = 0.02
    """
  }

  /// A whole definition of a translator of Moses's tokens, trained in a second.
  ///
  /// - Parameter lowercases: whether the text is lower-cased first.
  package static func smallTranslator(lowercases: Bool = false) -> String {
    """
    name = "small-translator"
    seed = 3
    \(load)
    [stage.tokenize]
    from = "load"
    rules = "moses"
    lowercase = \(lowercases)
    \(translator(of: "tokenize"))
    positions = 32
    dropout = 0
    max-tokens = 60
    epochs = 20
    """
  }
}
