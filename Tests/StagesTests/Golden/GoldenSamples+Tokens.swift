extension GoldenSamples {
  /// Kinds that cut text up and put it together again.
  static let tokenSamples: [String: Sample] = [
    "tokenize": Sample(
      files: [
        "rows.csv": rows, "prefixes.txt": "Foo\nNo #NUMERIC_ONLY#\n", "odd.csv": oddRows,
      ],
      definition: loadRows + loadOddRows + """
        [stage.odd]
        kind = "tokenize"
        from = "load-odd"
        [stage.blank]
        kind = "tokenize"
        from = "load-odd"
        rules = "moses"
        [stage.words]
        kind = "tokenize"
        from = "load"
        [stage.whitespace]
        kind = "tokenize"
        from = "load"
        rules = "whitespace"
        [stage.characters]
        kind = "tokenize"
        from = "load"
        rules = "characters"
        [stage.moses]
        kind = "tokenize"
        from = "load"
        rules = "moses"
        prefixes = "prefixes.txt"
        [stage.french]
        kind = "tokenize"
        from = "load"
        rules = "moses"
        language = "fr"
        lowercase = true
        normalize = true
        aggressive = true
        escape = false
        split-final-stop = true
        protect = ["http://[^ ]+"]
        """),
    "detokenize": Sample(
      files: ["rows.csv": rows],
      definition: loadRows + """
        [stage.tokens]
        kind = "tokenize"
        from = "load"
        rules = "moses"
        [stage.words]
        kind = "detokenize"
        from = "tokens"
        [stage.letters]
        kind = "tokenize"
        from = "load"
        rules = "characters"
        [stage.characters]
        kind = "detokenize"
        from = "letters"
        rules = "characters"
        [stage.subwords]
        kind = "detokenize"
        from = "load"
        rules = "subwords"
        """),
    "learn-bpe": Sample(
      files: ["rows.csv": rows, "pairs.tsv": pairs],
      definition: loadRows + """
        [stage.text]
        kind = "learn-bpe"
        from = "load"
        merges = 20
        [stage.rare]
        kind = "learn-bpe"
        from = "load"
        columns = ["title", "text"]
        minimum-count = 1
        count-characters = true
        merges = 80
        """),
    "apply-bpe": Sample(
      files: ["rows.csv": rows, "odd.csv": oddRows],
      definition: loadRows + loadOddRows + merges + """
        [stage.odd]
        kind = "apply-bpe"
        from = "load-odd"
        merges = "merges"
        glossaries = ["no@@"]
        [stage.plain]
        kind = "apply-bpe"
        from = "split"
        merges = "merges"
        [stage.dropping]
        kind = "apply-bpe"
        from = "split"
        merges = "merges"
        dropout = 0.3
        separator = "__"
        glossaries = ["GR[A-Z]+"]
        [stage.words]
        kind = "learn-vocabulary"
        from = "plain.train"
        [stage.limited]
        kind = "apply-bpe"
        from = "split"
        merges = "merges"
        vocabulary = "words"
        vocabulary-threshold = 2
        """),
  ]

  private static let merges =
    splitRows + """
      [stage.merges]
      kind = "learn-bpe"
      from = "split.train"
      merges = 25

      """
}
