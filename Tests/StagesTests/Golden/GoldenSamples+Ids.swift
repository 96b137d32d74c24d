extension GoldenSamples {
  /// Kinds that number tokens and make rows alike.
  static let idSamples: [String: Sample] = [
    "learn-vocabulary": Sample(
      files: ["rows.csv": rows, "odd.csv": oddRows],
      definition: loadRows + loadOddRows + """
        [stage.odd]
        kind = "learn-vocabulary"
        from = "load-odd"
        [stage.all]
        kind = "learn-vocabulary"
        from = "load"
        [stage.few]
        kind = "learn-vocabulary"
        from = "load"
        columns = ["title", "text"]
        size = 9
        minimum-count = 2
        boundaries = true
        """),
    "import-merges": Sample(
      files: [
        "codes": "l o\nlo w\nlow </w>\n", "fast": "l o 9\nlo w</w> 3\n",
        "merges.txt": "#version: 0.2 - of another\nl o\nlo w</w>\n",
        "tokenizer.json": #"{"model": {"type": "BPE", "merges": ["a b", ["ab", "c</w>"]]}}"#,
      ],
      definition: """
        [stage.plain]
        kind = "import-merges"
        path = "codes"
        [stage.fast]
        kind = "import-merges"
        path = "fast"
        format = "fastbpe"
        [stage.lines]
        kind = "import-merges"
        path = "merges.txt"
        format = "huggingface"
        [stage.tokenizer]
        kind = "import-merges"
        path = "tokenizer.json"
        format = "huggingface"
        """),
    "import-vocabulary": Sample(
      files: [
        "dict.txt": "the 5\n, 4\nmadeupword0000 0\n", "own.tsv": "<pad>\t0\n<unk>\t0\na\t2\n",
      ],
      definition: """
        [stage.import]
        kind = "import-vocabulary"
        path = "dict.txt"
        [stage.own]
        kind = "import-vocabulary"
        path = "own.tsv"
        format = "millrace"
        """),
    "pad": Sample(
      files: ["rows.csv": rows, "odd.csv": oddRows],
      definition: loadRows + loadOddRows + splitRows + """
        [stage.odd]
        kind = "pad"
        from = "load-odd"
        [stage.longest]
        kind = "pad"
        from = "split"
        [stage.measured]
        kind = "pad"
        from = "split"
        percentile = 50
        side = "left"
        truncate = "left"
        [stage.given]
        kind = "pad"
        from = "load"
        columns = ["title", "text"]
        length = 3
        """),
    "binarize": Sample(
      files: [
        "rows.csv": rows, "odd.csv": oddRows,
        "rated.csv": "text,label\nbad,10.0\ngood,2.0\nbest,1.0\n",
      ],
      definition: loadRows + loadOddRows + splitRows + """
        [stage.load-rated]
        kind = "load"
        path = "rated.csv"
        text = "text"
        label = "label"
        [stage.rated-words]
        kind = "learn-vocabulary"
        from = "load-rated"
        [stage.rated]
        kind = "binarize"
        from = "load-rated"
        vocabulary = "rated-words"
        [stage.odd-words]
        kind = "learn-vocabulary"
        from = "load-odd"
        [stage.odd]
        kind = "binarize"
        from = "load-odd"
        vocabulary = "odd-words"
        [stage.words]
        kind = "learn-vocabulary"
        from = "split.train"
        [stage.parts]
        kind = "binarize"
        from = "split"
        vocabulary = "words"
        [stage.titles]
        kind = "binarize"
        from = "split.train"
        vocabulary = "words"
        text = "title"
        label = "id"
        """),
  ]
}
