import Fixtures

/// Sentences that are tokenized and cut into pieces for a small translator.
package enum PreparedPairs {
  package static func pipeline(_ files: [String: String] = [:]) throws -> TemporaryPipeline {
    try TemporaryPipeline(files: files.merging(["pairs.tsv": pairs]) { first, _ in first })
  }

  /// Trains the translator, and runs further stages.
  package static func run(
    _ stages: String, training: String = "epochs = 6", files: [String: String] = [:],
    cores: Int = 1
  ) throws -> PipelineResult {
    try pipeline(files).run(definition(stages, training: training), cores: cores)
  }

  /// A stage that translates a table with the translator; options of it may follow.
  package static func translate(_ table: String, as name: String = "translate") -> String {
    """
    [stage.\(name)]
    kind = "translate"
    from = "\(table)"
    model = "train"
    """
  }

  /// A translator of `load`, and further stages.
  package static func definition(_ stages: String, training: String) -> String {
    """
    seed = 5
    \(PairStages.load)
    [stage.tokenize-source]
    kind = "tokenize"
    from = "load"
    columns = "source"
    rules = "moses"
    lowercase = true
    [stage.tokenize-target]
    kind = "tokenize"
    from = "tokenize-source"
    columns = "target"
    rules = "moses"
    language = "fr"
    lowercase = true
    [stage.learn-bpe]
    from = "tokenize-target"
    merges = 24
    [stage.apply-bpe]
    from = "tokenize-target"
    merges = "learn-bpe"
    \(PairStages.translator(of: "apply-bpe"))
    positions = 64
    max-tokens = 200
    \(training)
    \(stages)
    """
  }

  package static let pairs: String = {
    let words = [
      ("dog", "chien"), ("cat", "chat"), ("bird", "merle"), ("sees", "voit"), ("hears", "entend"),
    ]
    var text = ""
    for row in 0..<30 {
      let (first, verb, last) = (words[row % 3], words[3 + row % 2], words[(row / 3 + 1) % 3])
      text += "The \(first.0) \(verb.0) a \(last.0).\t"
      text += "Le \(first.1) \(verb.1) un \(last.1).\n"
    }
    return text
  }()
}

extension PipelineResult {
  /// The fields of one column of a table.
  package func column(_ name: String, of output: String) throws -> [String] {
    let rows = try text(output).split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    guard let position = rows[0].firstIndex(of: name) else { return [] }
    return rows.dropFirst().map { $0[position] }
  }
}
