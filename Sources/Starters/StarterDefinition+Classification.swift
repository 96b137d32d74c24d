extension StarterDefinition {
  /// From labelled texts to a scored classifier.
  ///
  /// - Parameters:
  ///   - facts: what was found and what is assumed.
  ///   - load: the stages that read the rows.
  ///   - group: a column whose rows stay together.
  ///   - column: one that says which part a row is in.
  static func classification(
    name: String, facts: [String], doubts: [String], load: LoadSections, census: LabelCensus,
    texts: TextTraits, group: String?, parts column: PartColumn? = nil
  ) -> String {
    let grouping =
      group.map { "\n" + aligned("group = [\(quoted($0))]", "its rows stay in one part") } ?? ""
    let drawn = """


      [stage.split]
      from = "tokenize"
      parts = { train = 0.8, valid = 0.1, test = 0.1 }
      stratify = "label"                     # every part has its share of each class\(grouping)
      """
    let split = column.map { "\n\n" + $0.stages(from: "tokenize") } ?? drawn
    let parts = load.areParts ? "tokenize" : "split"
    var rules: [String] = []
    if census.emptyCount > 0 {
      rules.append(
        aligned("unlabelled = \"skip\"", "rows without a label are left out and counted"))
    }
    if load.areParts || column != nil || !census.rare.isEmpty {
      rules.append(
        aligned("unseen-labels = \"skip\"", "rows of classes that training lacks are left out"))
    }
    let cleaning = texts.cleaningLines.map { $0 + "\n" }.joined()
    let labelRules = rules.map { "\n" + $0 }.joined()
    return """
      \(heading("Text → class.", facts, doubts: doubts))
      name = \(quoted(name))
      seed = 1                               # another seed deals rows and weights out anew

      \(load.stages)

      [stage.clean]
      from = "\(load.rows)"
      \(cleaning)lowercase = true
      collapse-space = true
      drop-duplicates = ["text"]             # or the same text is learned from and scored on

      [stage.tokenize]
      from = "clean"
      \(texts.tokenizingLines.joined(separator: "\n"))\(load.areParts ? "" : split)

      [stage.vocabulary]
      kind = "learn-vocabulary"
      \(aligned("from = \"\(parts).train\"", "of one part, so that nothing leaks"))
      \(aligned("measure = \"\(parts)\"", "unknown words are counted in all parts"))
      size = 20000
      minimum-count = 2

      [stage.pad]
      from = "\(parts)"
      percentile = 99                        # longer texts are cut

      [stage.binarize]
      from = "pad"
      vocabulary = "vocabulary"\(labelRules)

      [stage.train]
      model = "lstm-classifier"              # or another of those in [sweep.models]
      from = "binarize.train"
      valid = "binarize.valid"

      [stage.train.lstm-classifier]          # options of this model alone
      embedding = 64
      hidden = 64
      pooling = "max"                        # of every feature, its largest value in the text
      dropout = 0.5
      learning-rate = 2e-3
      batch-size = 32
      epochs = 12
      watch = "macro-f1"                     # the best epoch by this score is kept
      patience = 3                           # epochs without a better one, before it stops

      [stage.train.cnn]
      embedding = 64
      maps = 64                              # features of each width: 3, 4 and 5 words
      max-norm = 3
      learning-rate = 2e-3
      batch-size = 32
      epochs = 12
      watch = "macro-f1"
      patience = 3

      [stage.validate]                       # what to compare settings by: sweeps rank by it
      kind = "evaluate"
      from = "binarize.valid"
      model = "train"

      [stage.evaluate]                       # the test part: to be looked at last
      from = "binarize.test"
      model = "train"

      [sweep.models]                         # millrace sweep … models: all of them in one table
      grid = { "train.model" = ["naive-bayes", "logistic-regression", "fasttext", "cnn", "lstm-classifier"] }
      best = "validate.macro-f1 max"

      """
  }
}
