import Fixtures

/// Sixty short pairs whose words are translated one by one, and a pipeline that learns to do it.
package enum ToyPairs {
  package static func pipeline() throws -> TemporaryPipeline {
    try TemporaryPipeline(files: ["pairs.tsv": pairs])
  }

  /// - Parameter training: options of the train stage beside its shape.
  package static func definition(_ training: String) -> String {
    """
    seed = 5
    \(PairStages.load)
    [stage.split]
    from = "load"
    parts = { train = "rest", valid = 8, test = 8 }
    [stage.source]
    kind = "learn-vocabulary"
    from = "split.train"
    columns = "source"
    boundaries = true
    [stage.target]
    kind = "learn-vocabulary"
    from = "split.train"
    columns = "target"
    boundaries = true
    [stage.binarize]
    from = "split"
    source-vocabulary = "source"
    target-vocabulary = "target"
    [stage.train]
    from = "binarize.train"
    valid = "binarize.valid"
    \(PairStages.shape(decoderLayers: 2))
    max-tokens = 60
    \(training)
    """
  }

  private static let pairs: String = {
    let words = [
      ("the", "le"), ("a", "un"), ("dog", "chien"), ("cat", "chat"), ("sees", "voit"),
      ("hears", "entend"), ("here", "ici"), ("now", "maintenant"),
    ]
    var text = ""
    for row in 0..<60 {
      let chosen = (0..<2 + row % 4).map { words[(row * 5 + $0 * 3 + row / 8) % words.count] }
      text += chosen.map(\.0).joined(separator: " ") + "\t"
      text += chosen.map(\.1).joined(separator: " ") + "\n"
    }
    return text
  }()
}
