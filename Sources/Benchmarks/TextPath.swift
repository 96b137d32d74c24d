import Foundation

/// From a CSV file, every field in quotes, to a dataset, stage by stage through the program.
///
/// Every table is stored and forced to the disk, as for anybody who runs the pipeline.
struct TextPath {
  private static let stages = ["load", "clean", "words", "vocabulary", "ids"]
  private static let labels = 14

  private let folder: WorkFolder
  private let megabytes: Double

  init() throws {
    let byteCount = BenchmarkOptions.current.isQuick ? 16_000_000 : 320_000_000
    megabytes = Double(byteCount) / 1e6
    folder = try WorkFolder()
    try folder.write("rows.csv", Self.rows(byteCount: byteCount))
    try folder.write("pipeline.toml", Self.definition)
  }

  /// Texts of three lines or so; a hundredth of them come again and again, to be made fast.
  private static func rows(byteCount: Int) -> String {
    var text = MadeUpText(seed: 1)
    var source = ZipfSource(seed: 2)
    let sentences = text.lines(byteCount: min(byteCount, 8_000_000))
    var rows = "\"label\",\"text\"\n"
    rows.reserveCapacity(byteCount + 4096)
    while rows.utf8.count < byteCount {
      rows += "\"class \(source.draw(below: labels))\",\""
      for _ in 0..<3 { rows += sentences[source.draw(below: sentences.count)] + " " }
      let isQuoting = source.draw() < 0.1
      rows += isQuoting ? "She said \"\"no &amp; never\"\"." : "<b>Thus</b> it was."
      rows += "\"\n"
    }
    return rows
  }

  private static let definition = """
    [stage.load]
    path = "rows.csv"
    text = "text"
    label = "label"
    [stage.clean]
    from = "load"
    html = true
    entities = true
    urls = true
    unicode = "nfc"
    lowercase = true
    [stage.words]
    kind = "tokenize"
    from = "clean"
    [stage.vocabulary]
    kind = "learn-vocabulary"
    from = "words"
    size = 50000
    [stage.ids]
    kind = "binarize"
    from = "words"
    vocabulary = "vocabulary"

    """

  func run() throws {
    var times: [String: [Double]] = [:]
    for _ in 0..<3 {
      for stage in Self.stages {
        guard let time = milliseconds(of: [stage]) else { return }
        times[stage, default: []].append(time)
      }
      try folder.remove("store")
    }
    for stage in Self.stages {
      Measurement(
        subject: "text path, \(stage)", unit: "ms", values: times[stage] ?? [],
        peers: stage == "load"
          ? [
            peer("csv, nothing stored", Self.csv), peer("pandas, nothing stored", Self.pandas),
          ].compactMap(\.self) : [],
        amount: (megabytes, "MB")
      ).show()
    }
    var whole: [Double] = []
    for _ in 0..<3 {
      guard let time = milliseconds(of: []) else { return }
      whole.append(time)
      try folder.remove("store")
    }
    Measurement(
      subject: "text path, the whole chain", unit: "ms", values: whole,
      peers: [peer("Polars and tokenizers, nothing stored", Self.polars)].compactMap(\.self),
      amount: (megabytes, "MB")
    ).show()
  }

  private func milliseconds(of stages: [String]) -> Double? {
    let words =
      [ChildProcess.millrace, "run", "\(folder.path)/pipeline.toml"] + stages
      + ["--store", "\(folder.path)/store", "--quiet"]
    guard let child = ChildProcess(words), child.exitCode == 0 else {
      ChildProcess.sayNotRun("text path")
      return nil
    }
    return child.milliseconds
  }

  private func peer(_ name: String, _ script: String) -> Peer? {
    let script = PeerScript(text: "path = \"\(folder.path)/rows.csv\"\n\(script)")
    return Peer(name, script.numbers([])?.first.map { $0 * 1000 })
  }

  private static let csv = """
    import csv, time
    start = time.perf_counter()
    with open(path, newline="") as file:
        count = sum(1 for _ in csv.reader(file))
    print(time.perf_counter() - start)
    """

  private static let pandas = """
    import time
    import pandas
    start = time.perf_counter()
    pandas.read_csv(path)
    print(time.perf_counter() - start)
    """

  private static let polars = """
    import time
    import polars
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers
    start = time.perf_counter()
    table = polars.read_csv(path)
    text = polars.col("text").str.replace_all("<[^>]*>", " ").str.replace_all("&amp;", "&")
    text = text.str.replace_all(r"(https?://|ftp://|www\\.)\\S+", " ").str.normalize("NFC")
    text = text.str.to_lowercase().str.replace_all(r"\\s+", " ").str.strip_chars()
    texts = table.select(text).to_series().to_list()
    tokenizer = Tokenizer(models.WordLevel(unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    trainer = trainers.WordLevelTrainer(vocab_size=50000, special_tokens=["<pad>", "<unk>"])
    tokenizer.train_from_iterator(texts, trainer)
    ids = [row.ids for row in tokenizer.encode_batch(texts)]
    print(time.perf_counter() - start)
    """
}
