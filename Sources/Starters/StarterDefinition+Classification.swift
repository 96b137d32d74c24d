import Pipelines
import Text

extension StarterDefinition {
  /// From labelled texts to a scored classifier.
  package func classification(texts: [NameOrNumber], label: NameOrNumber) -> String {
    let columns = texts.map(Self.spelling)
    let text = columns.count == 1 ? columns[0] : "[\(columns.joined(separator: ", "))]"
    return """
      # Text → class. `millrace run` does what is stale; `millrace stages KIND` explains each stage.
      name = \(Self.quoted(name))
      seed = 1                               # another seed deals rows and weights out anew

      \(load(["text = \(text)", "label = \(Self.spelling(label))"]))

      [stage.clean]
      from = "load"
      lowercase = true
      collapse-space = true
      drop-duplicates = ["text"]             # or the same text is learned from and scored on

      [stage.tokenize]
      from = "clean"
      rules = "words"

      [stage.split]
      from = "tokenize"
      parts = { train = 0.8, valid = 0.1, test = 0.1 }
      stratify = "label"                     # every part has its share of each class

      [stage.vocabulary]
      kind = "learn-vocabulary"
      from = "split.train"                   # of one part, so that nothing leaks
      measure = "split"                      # unknown words are counted in all parts
      size = 10000
      minimum-count = 2

      [stage.pad]
      from = "split"
      percentile = 99                        # longer texts are cut

      [stage.binarize]
      from = "pad"
      vocabulary = "vocabulary"\(unlabelledLine(label))

      [stage.train]
      model = "lstm-classifier"
      from = "binarize.train"
      valid = "binarize.valid"
      embedding = 64
      hidden = 64
      dropout = 0.3
      learning-rate = 2e-3
      batch-size = 32
      epochs = 8
      watch = "macro-f1"                     # the best epoch by this score is kept
      patience = 3                           # epochs without a better one, before it stops

      [stage.evaluate]
      from = "binarize.test"
      model = "train"

      """
  }

  /// The line that leaves out rows without a label, where the sample has such.
  private func unlabelledLine(_ label: NameOrNumber) -> String {
    let column = sample.columns.first { $0.reference == label }
    guard column?.values.contains(where: \.isBlank) == true else { return "" }
    return
      "\nunlabelled = \"skip\"                    # rows without a label are left out and counted"
  }
}
