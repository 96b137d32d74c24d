import Pipelines
import Stages

/// Forty short reviews of two unequal classes, and a pipeline that learns to tell them apart.
package enum Toy {
  package static func pipeline(
    _ catalog: StageCatalog = .standard, adding files: [String: String] = [:]
  ) throws -> TemporaryPipeline {
    try TemporaryPipeline(
      files: files.merging(["reviews.csv": reviews]) { first, _ in first }, catalog: catalog)
  }

  package static func definition(_ training: String) -> String {
    """
    seed = 5
    [stage.load]
    path = "reviews.csv"
    text = "text"
    label = "label"
    [stage.split]
    from = "load"
    parts = { train = 0.6, valid = 0.2, test = 0.2 }
    stratify = "label"
    [stage.words]
    kind = "learn-vocabulary"
    from = "split.train"
    [stage.binarize]
    from = "split"
    vocabulary = "words"
    [stage.train]
    from = "binarize.train"
    valid = "binarize.valid"
    embedding = 6
    hidden = 4
    batch-size = 8
    \(training)
    [stage.evaluate]
    from = "binarize.test"
    model = "train"
    """
  }

  private static let reviews: String = {
    let good = ["lovely", "bright", "warm", "moving"]
    let bad = ["dull", "cold", "loud", "flat"]
    let things = ["film", "song", "play", "book", "meal"]
    var text = "label,text\n"
    for row in 0..<40 {
      let isGood = row % 5 < 3
      let words = isGood ? good : bad
      let filler = Array(repeating: "very", count: row % 4).joined(separator: " ")
      text += "\(isGood ? "good" : "bad"),a \(filler) \(words[row % 4]) \(things[row * 7 % 5])\n"
    }
    return text
  }()
}
