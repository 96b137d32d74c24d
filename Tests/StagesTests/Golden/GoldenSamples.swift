/// A pipeline for each kind that takes its branches on a few rows.
enum GoldenSamples {
  struct Sample {
    var files: [String: String] = [:]
    let definition: String
    /// Whether the outputs hold numbers that depend on the machine's matrix products.
    var holdsTrainedNumbers = false
  }

  static let all: [String: Sample] = [
    "import-convs2s": Sample(files: BlankFairseqModel.files(in: "model"), definition: importing),
    "load": Sample(
      files: [
        "rows.csv": rows, "classes.txt": "bad\ngood\n", "a.tsv": "1\t x \"y\n\n2\tNULL\n",
        "b.tab": "3\tz\n", "source.txt": "ein Hund\r\nzwei\n", "target.txt": "a dog\ntwo",
        "odd.csv": "# note\nnotes\na;b\nit\"s ok;1\nthree;of;them\n\"x \"\"y\"\"; z\";2\n",
      ],
      definition: """
        [stage.csv]
        kind = "load"
        path = "rows.csv"
        text = ["title", "text"]
        label = "label"
        keep = ["id", 3]
        class-names = "classes.txt"
        [stage.tsv]
        kind = "load"
        path = ["a.tsv", "b.tab"]
        header = false
        label = 1
        text = 2
        trim = true
        null-words = ["NULL"]
        [stage.parallel]
        kind = "load"
        files = { source = "source.txt", target = "target.txt" }
        [stage.odd]
        kind = "load"
        path = "odd.csv"
        text = "a"
        delimiter = ";"
        comment = "#"
        skip-lines = 2
        stray-quotes = "keep"
        on-error = "skip"
        encoding = "windows-1252"
        """),
    "clean": Sample(
      files: ["rows.csv": rows, "pairs.tsv": pairs, "stop.txt": "the\nIt\n"],
      definition: loadRows + """
        [stage.nothing]
        kind = "clean"
        from = "load"
        collapse-space = false
        drop-empty = false
        [stage.standard]
        kind = "clean"
        from = "load"
        drop-duplicates = ["text"]
        [stage.everything]
        kind = "clean"
        from = "load"
        repair-entities = true
        html = true
        entities = true
        backslashes = true
        urls = true
        unicode = "nfkc"
        lowercase = true
        symbols = true
        digits = true
        punctuation = true
        stop-words = ["A", "is"]
        stop-words-file = "stop.txt"
        minimum-words = 2
        maximum-words = 6
        [stage.title]
        kind = "clean"
        from = "load"
        columns = ["title"]
        unicode = "nfc"
        [stage.load-pairs]
        kind = "load"
        path = "pairs.tsv"
        source = "de"
        target = "en"
        [stage.pairs]
        kind = "clean"
        from = "load-pairs"
        pair-ratio = 2
        pair-maximum = 8
        """),
    "tokenize": Sample(
      files: ["rows.csv": rows, "prefixes.txt": "Foo\nNo #NUMERIC_ONLY#\n"],
      definition: loadRows + """
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
      files: ["rows.csv": rows],
      definition: loadRows + merges + """
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
    "split": Sample(
      files: ["rows.csv": rows],
      definition: loadRows + """
        [stage.shares]
        kind = "split"
        from = "load"
        [stage.mixed]
        kind = "split"
        from = "load"
        seed = 5
        parts = { train = "rest", valid = 0.3, test = 2, other = "load" }
        stratify = "label"
        group = ["text", "title"]
        [stage.nth]
        kind = "split"
        from = "load"
        parts = { valid = { every = 3 }, train = "rest" }
        [stage.runs]
        kind = "split"
        from = "load"
        shuffle = false
        """),
    "learn-vocabulary": Sample(
      files: ["rows.csv": rows],
      definition: loadRows + """
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
    "pad": Sample(
      files: ["rows.csv": rows],
      definition: loadRows + splitRows + """
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
    "binarize": Sample(
      files: ["rows.csv": rows],
      definition: loadRows + splitRows + """
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
    "train": Sample(
      files: ["rows.csv": rows, "pairs.tsv": pairs],
      definition: loadRows + splitRows + trained + trainedTranslator, holdsTrainedNumbers: true),
    "translate": Sample(
      files: ["pairs.tsv": PreparedPairs.pairs],
      definition: PreparedPairs.definition(
        """
        [stage.raw]
        kind = "translate"
        from = "load"
        model = "train"
        [stage.ranked]
        kind = "translate"
        from = "tokenize-target"
        model = "train"
        n-best = 2
        replace-unknown = true
        """, training: "epochs = 1"), holdsTrainedNumbers: true),
    "evaluate": Sample(
      files: ["rows.csv": rows], definition: loadRows + splitRows + trained,
      holdsTrainedNumbers: true),
  ]

  private static let rows = """
    id,label,title,text
    1,0,"Café <b>Noir</b>","See http://a.example/x?y=1 &amp; call 555-0100, it's GREAT!"
    2,1,ÉCOLE,"The quick brown fox.
    Second line, well-known – “quoted” No. 5 Foo. Bar."
    3,0,plain,the the  the cat sat\u{3000}down
    4,1,dup,A dog barked at 3 p.m.
    5,1,dup,A dog barked at 3 p.m.
    6,0,empty,
    7,1,ﬁne,"ﬁne №5 #39; tab\there \\"" and [this] <i>that</i> ★"
    8,0,"quote ""in"" it",GREAT GREATER l'été no@@ n
    9,1,last,"<!-- gone -->the dog & the cat, 1,000.5 e\u{301}"

    """

  private static let pairs = """
    de\ten
    ein Hund\ta dog
    ein sehr sehr sehr langer Satz | hier\tshort
    eins zwei drei vier fünf sechs sieben acht neun\tone two three four five six seven eight
    \tnothing

    """

  private static let loadRows = """
    seed = 3
    [stage.load]
    kind = "load"
    path = "rows.csv"
    text = "text"
    label = "label"
    keep = ["id", "title"]

    """

  private static let importing = """
    [stage.import]
    kind = "import-convs2s"
    path = "model"
    rules = "moses"
    lowercase = true

    """

  private static let splitRows = """
    [stage.split]
    kind = "split"
    from = "load"
    parts = { train = "rest", valid = 2, test = 2 }
    stratify = "label"

    """

  private static let merges =
    splitRows + """
      [stage.merges]
      kind = "learn-bpe"
      from = "split.train"
      merges = 25

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
}
