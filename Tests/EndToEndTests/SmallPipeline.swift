import Fixtures
import Foundation

/// A small classifier: a few hundred rows of the shipped fixture, trained in a moment.
enum SmallPipeline {
  static let stageCount = 8

  static let definition = """
    name = "small"
    seed = 3

    [stage.load]
    path = "rows.csv"
    text = "description"
    label = "category"

    [stage.clean]
    from = "load"
    lowercase = true

    [stage.tokenize]
    from = "clean"

    [stage.split]
    from = "tokenize"
    parts = { train = 0.8, test = 0.2 }
    stratify = "label"

    [stage.vocabulary]
    kind = "learn-vocabulary"
    from = "split.train"
    size = 300

    [stage.binarize]
    from = "split"
    vocabulary = "vocabulary"

    [stage.train]
    from = "binarize.train"
    embedding = 4
    hidden = 4
    clip-norm = 1
    epochs = 2

    [stage.evaluate]
    from = "binarize.test"
    model = "train"
    """

  /// What the definition gives, carried out by one process on this machine.
  static let outputs = Result { try millrace(definition).run("small.toml").outputs }

  /// The definition with a training long enough to be stopped in its middle.
  static let longTraining =
    definition
    .replacing("hidden = 4", with: "hidden = 32\ncheckpoint-seconds = 0\nshards = 2")
    .replacing("epochs = 2", with: "epochs = 6")

  /// The long training with more epochs than any test waits for: it goes on until it is ended.
  static let endlessTraining = longTraining.replacing("epochs = 6", with: "epochs = 100000")

  /// What the training gives with so many epochs when nothing disturbs it.
  static func undisturbed(epochs: Int) throws -> [String: [String: String]] {
    try millrace(longTraining).run("small.toml", "--set", "train.epochs=\(epochs)").outputs
  }

  static func rows(_ count: Int) throws -> String {
    let text = try String(
      contentsOf: Folders.fixtures.appending(path: "bios.csv"), encoding: .utf8)
    return text.split(separator: "\n", omittingEmptySubsequences: false).prefix(count + 1)
      .joined(separator: "\n") + "\n"
  }

  /// The program in a folder with the definition and its rows.
  static func millrace(_ definition: String = definition, rows: Int = 240) throws -> Millrace {
    try Millrace(files: ["small.toml": definition, "rows.csv": try self.rows(rows)])
  }
}
