import Fixtures
import PipelineFixtures

extension GoldenSamples {
  /// Kinds that make, use and score models.
  static let modelSamples: [String: Sample] = [
    "train": Sample(
      files: ["rows.csv": rows, "pairs.tsv": pairs],
      definition: loadRows + splitRows + trained + trainedTranslator, holdsTrainedNumbers: true),
    "import-model": Sample(
      files: BlankClassifier.files(in: "classifier"),
      definition: """
        [stage.import]
        kind = "import-model"
        path = "classifier"
        """),
    "import-convs2s": Sample(
      files: BlankFairseqModel.files(in: "model"),
      definition: """
        [stage.import]
        kind = "import-convs2s"
        path = "model"
        rules = "moses"
        lowercase = true

        """),
    "predict": Sample(
      files: ["rows.csv": rows],
      definition: loadRows + splitRows + """
        [stage.words]
        kind = "learn-vocabulary"
        from = "split.train"
        [stage.binarize]
        kind = "binarize"
        from = "split"
        vocabulary = "words"
        [stage.train]
        kind = "train"
        model = "naive-bayes"
        from = "binarize.train"
        [stage.predict]
        kind = "predict"
        from = "split.test"
        model = "train"
        prefix = "predicted-"
        top = 2
        probabilities = true

        """, holdsTrainedNumbers: true),
    "translate": Sample(
      files: ["pairs.tsv": PreparedPairs.pairs],
      definition: PreparedPairs.definition(
        """
        \(PreparedPairs.translate("load", as: "raw"))
        \(PreparedPairs.translate("tokenize-target", as: "ranked"))
        n-best = 2
        replace-unknown = true
        """, training: "epochs = 1"), holdsTrainedNumbers: true),
    "evaluate": Sample(
      files: ["rows.csv": rows, "translations.tsv": translations],
      definition: loadRows + splitRows + trained + scoredTranslations, holdsTrainedNumbers: true),
  ]

  private static let translations = """
    hypothesis\treference
    It was not unexpected.\tIt was not surprising.
    The man bit him first, and then he ran.\tThe man had just bitten him, and he ran away.

    """

  private static let scoredTranslations = """

    [stage.translations]
    kind = "load"
    path = "translations.tsv"
    keep = ["hypothesis", "reference"]
    [stage.score-translations]
    kind = "evaluate"
    from = "translations"
    """

  private static let trained = """
    [stage.clean]
    kind = "clean"
    from = "split"
    lowercase = true
    [stage.words]
    kind = "learn-vocabulary"
    from = "clean.train"
    [stage.pad]
    kind = "pad"
    from = "clean"
    percentile = 60
    [stage.binarize]
    kind = "binarize"
    from = "pad"
    vocabulary = "words"
    [stage.train]
    kind = "train"
    from = "binarize.train"
    valid = "binarize.valid"
    embedding = 4
    hidden = 3
    epochs = 2
    batch-size = 2
    [stage.evaluate]
    kind = "evaluate"
    from = "binarize.test"
    model = "train"
    """

  private static let trainedTranslator = """

    [stage.load-pairs]
    kind = "load"
    path = "pairs.tsv"
    source = "de"
    target = "en"
    [stage.pair-words]
    kind = "learn-vocabulary"
    from = "load-pairs"
    boundaries = true
    [stage.binarize-pairs]
    kind = "binarize"
    from = "load-pairs"
    vocabulary = "pair-words"
    [stage.translator]
    kind = "train"
    model = "convs2s"
    from = "binarize-pairs"
    embedding = 4
    encoder-channels = [4, 3]
    encoder-widths = [3, 2]
    decoder-channels = [4, 4]
    attention-layers = 2
    output-embedding = 4
    share-output-embedding = true
    average = "last"
    average-epochs = 2
    epochs = 2
    """
}
