extension GoldenSamples {
  /// Kinds that read, change and divide rows.
  static let rowSamples: [String: Sample] = [
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
    "command": Sample(
      files: ["rows.csv": rows, "words.txt": "cat\n"],
      definition: loadRows + """
        [stage.same]
        kind = "command"
        command = ["sed", "s/dog/cat/g"]
        from = "load"
        [stage.choice]
        kind = "command"
        command = ["grep", "-f", "words.txt"]
        from = "load"
        rows = "choice"
        files = "words.txt"
        [stage.several]
        kind = "command"
        command = "sed p; echo twice >&2"
        shell = true
        from = "load"
        rows = "several"
        [stage.files]
        kind = "command"
        command = "cd $MILLRACE_OUTPUTS; cp $MILLRACE_INPUTS/all.tsv kept.tsv; echo '{\\"n\\": '$N'}' > counts.json"
        shell = true
        from = "load"
        inputs = { all = "load" }
        tables = ["kept"]
        scores = ["counts"]
        format = "tsv"
        environment = ["N=3"]
        """),
    "clean": Sample(
      files: [
        "rows.csv": rows, "pairs.tsv": pairs, "stop.txt": "the\nIt\n", "odd.csv": oddRows,
      ],
      definition: loadRows + loadOddRows + """
        [stage.odd]
        kind = "clean"
        from = "load-odd"
        urls = true
        symbols = true
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
        [stage.single]
        kind = "split"
        from = "load"
        parts = { train = "rest", valid = 2, test = 2 }
        stratify = "id"
        [stage.nth]
        kind = "split"
        from = "load"
        parts = { valid = { every = 3 }, train = "rest" }
        [stage.runs]
        kind = "split"
        from = "load"
        shuffle = false
        """),
  ]
}
