import Foundation

/// Something that there can be more of, and the command whose cost it should raise in proportion.
struct ScalingSubject: Sendable {
  let name: String
  /// How much of it the smallest measurement has.
  let base: Int
  /// Makes ready what a size needs and what is not timed.
  let prepare: @Sendable (_ size: Int, _ folder: WorkFolder) throws -> Void
  /// What is timed; a result of an earlier repetition must not be of use.
  let words: @Sendable (_ folder: WorkFolder, _ repetition: Int) -> [String]

  static let all = [rows, words, merges, stages, points]

  /// Rows of twelve words, from the table to numbers.
  private static let rows = ScalingSubject(
    name: "rows", base: 10_000,
    prepare: { size, folder in
      try writeTable(in: folder, rows: size, words: 12)
      try folder.write("pipeline.toml", text + numbering)
    }, words: freshRun)

  /// Words in each of a thousand rows, from the table through an epoch of an LSTM.
  private static let words = ScalingSubject(
    name: "words a row", base: 10,
    prepare: { size, folder in
      try writeTable(in: folder, rows: 1000, words: size)
      try folder.write("pipeline.toml", text + numbering + training)
    }, words: freshRun)

  /// Merges learnt of one text.
  private static let merges = ScalingSubject(
    name: "merges", base: 500,
    prepare: { size, folder in
      try writeTable(in: folder, rows: 50_000, words: 12)
      let learning = "[stage.merges]\nkind = \"learn-bpe\"\nfrom = \"tokenize\"\n"
      try folder.write("pipeline.toml", text + learning + "merges = \(size)\n")
    }, words: freshRun)

  /// Stages of a run that has nothing to do.
  private static let stages = ScalingSubject(
    name: "stages", base: 100,
    prepare: { size, folder in
      try folder.write("rows.csv", "some words\nand some more\n")
      try folder.write("pipeline.toml", NoOp(stageCount: size).definition)
      _ = ChildProcess(run(folder, store: "store"))
    }, words: { folder, _ in run(folder, store: "store") })

  /// Points of a sweep, in its table.
  private static let points = ScalingSubject(
    name: "points", base: 10, prepare: prepareSweep,
    words: { folder, _ in
      [
        ChildProcess.millrace, "table", "\(folder.path)/pipeline.toml", "grid", "--store",
        "\(folder.path)/store",
      ]
    })

  /// Runs a sweep of so many points, of which only training differs.
  @Sendable static func prepareSweep(_ size: Int, _ folder: WorkFolder) throws {
    try writeTable(in: folder, rows: 50, words: 12)
    let values = (1...size).map { "\($0).0" }.joined(separator: ", ")
    let grid = "[sweep.grid]\ngrid = { \"train.smoothing\" = [\(values)] }\n"
    try folder.write(
      "pipeline.toml",
      text + numbering + classifying + grid + "best = \"evaluate.macro-f1 max\"\n")
    _ = ChildProcess(sweep(folder))
  }

  static func sweep(_ folder: WorkFolder) -> [String] {
    [
      ChildProcess.millrace, "sweep", "\(folder.path)/pipeline.toml", "grid", "--store",
      "\(folder.path)/store",
    ]
  }

  @Sendable private static func freshRun(_ folder: WorkFolder, _ repetition: Int) -> [String] {
    run(folder, store: "store-\(repetition)")
  }

  private static func run(_ folder: WorkFolder, store: String) -> [String] {
    [
      ChildProcess.millrace, "run", "\(folder.path)/pipeline.toml", "--store",
      "\(folder.path)/\(store)",
    ]
  }

  /// Writes rows of made-up words in two classes.
  ///
  /// Piece by piece, as the memory of this program counts as that of the programs it starts.
  private static func writeTable(in folder: WorkFolder, rows: Int, words: Int) throws {
    var source = MadeUpText(seed: 1)
    try folder.write("rows.csv", "text,label\n")
    let file = try FileHandle(forWritingTo: URL(filePath: "\(folder.path)/rows.csv"))
    try file.seekToEnd()
    var text = ""
    for row in 0..<rows {
      text += "\"\(source.sentence(of: words))\"" + (row % 2 == 0 ? ",even\n" : ",odd\n")
      if text.utf8.count > 1 << 20 || row == rows - 1 {
        try file.write(contentsOf: Data(text.utf8))
        text = ""
      }
    }
    try file.close()
  }

  private static let text = """
    seed = 1

    [stage.load]
    path = "rows.csv"
    text = "text"
    label = "label"

    [stage.clean]
    from = "load"
    lowercase = true

    [stage.tokenize]
    from = "clean"

    """

  private static let numbering = """
    [stage.split]
    from = "tokenize"
    parts = { train = 0.8, test = 0.2 }

    [stage.vocabulary]
    kind = "learn-vocabulary"
    from = "split.train"

    [stage.binarize]
    from = "split"
    vocabulary = "vocabulary"

    """

  private static let training = """
    [stage.train]
    from = "binarize.train"
    embedding = 16
    hidden = 16
    epochs = 1

    """

  private static let classifying = """
    [stage.train]
    model = "naive-bayes"
    from = "binarize.train"

    [stage.evaluate]
    from = "binarize.test"
    model = "train"

    """
}
