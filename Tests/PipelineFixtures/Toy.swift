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

  /// The stage that loads reviews.
  package static let load = """
    [stage.load]
    path = "reviews.csv"
    text = "text"
    label = "label"
    """

  /// Loads reviews and deals them out to three parts.
  package static let parts = """
    seed = 5
    \(load)
    [stage.split]
    from = "load"
    parts = { train = 0.6, valid = 0.2, test = 0.2 }
    stratify = "label"
    """

  /// Naive Bayes, which learns from `train.csv` and is scored on `test.csv`.
  package static let naiveBayes = """
    [stage.load]
    parts = { train = "train.csv", test = "test.csv" }
    text = "text"
    label = "label"
    [stage.tokenize]
    from = "load"
    [stage.words]
    kind = "learn-vocabulary"
    from = "tokenize.train"
    [stage.binarize]
    from = "tokenize"
    vocabulary = "words"
    [stage.train]
    model = "naive-bayes"
    from = "binarize.train"
    [stage.evaluate]
    from = "binarize.test"
    model = "train"
    """

  package static func definition(_ training: String) -> String {
    """
    \(parts)
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
