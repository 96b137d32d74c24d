import Text

extension StarterDefinition {
  /// What is known of one side of a translation.
  struct Side {
    let language: SpokenLanguage?

    /// The language of the side's name, else that of its sentences.
    init(named name: String?, _ texts: some Sequence<String>) {
      language =
        name.flatMap(SpokenLanguage.init(named:))
        ?? SpokenLanguage.guess(from: Array(texts.lazy.prefix(500)))
    }

    /// `English`, or what is assumed where it cannot be told.
    var description: String { language?.name ?? "a language that could not be told" }

    /// The lines of tokenize.
    var lines: [String] {
      if let language, language.isUnspaced {
        return [
          StarterDefinition.aligned(
            "rules = \"characters\"", "\(language.name) has no spaces between words")
        ]
      }
      if let rules = language?.rules {
        return ["rules = \"moses\"", "language = \(StarterDefinition.quoted(rules.rawValue))"]
      }
      let known = MosesLanguage.allCases.map(\.rawValue).joined(separator: ", ")
      let why =
        language.map { "\($0.name) has no rules of its own: those of English" }
        ?? "a guess: whose rules fit, of \(known)?"
      return ["rules = \"moses\"", StarterDefinition.aligned("language = \"en\"", why)]
    }
  }

  /// From sentence pairs to a scored translator.
  static func translation(
    name: String, facts: [String], doubts: [String], load: LoadSections, source: Side,
    target: Side
  ) -> String {
    let split = """
      [stage.split]
      from = "clean"
      parts = { train = 0.9, valid = 0.05, test = 0.05 }
      group = ["source", "target"]           # rows that share a sentence stay together


      """
    let rows = load.areParts ? "clean" : "split"
    return """
      \(heading("Sentence → translation.", facts, doubts: doubts))
      name = \(quoted(name))
      seed = 1                               # another seed deals rows and weights out anew

      \(load.stages)

      [stage.clean]
      from = "\(load.rows)"
      collapse-space = true
      drop-duplicates = ["source", "target"]

      \(load.areParts ? "" : split)[stage.tokenize-source]
      kind = "tokenize"
      \(aligned("from = \"\(rows)\"", "all parts"))
      columns = "source"
      \(source.lines.joined(separator: "\n"))

      [stage.tokenize-target]
      kind = "tokenize"
      from = "tokenize-source"
      columns = "target"
      \(target.lines.joined(separator: "\n"))

      [stage.learn-bpe]
      from = "tokenize-target.train"         # of one part, so that nothing leaks
      merges = 4000                          # more for more data: 10,000 to 30,000

      [stage.apply-bpe]
      from = "tokenize-target"
      merges = "learn-bpe"

      [stage.vocabulary-source]
      kind = "learn-vocabulary"
      from = "apply-bpe.train"
      measure = "apply-bpe"                  # unknown words are counted in all parts
      columns = "source"
      boundaries = true

      [stage.vocabulary-target]
      kind = "learn-vocabulary"
      from = "apply-bpe.train"
      measure = "apply-bpe"
      columns = "target"
      boundaries = true

      [stage.binarize]
      from = "apply-bpe"
      source-vocabulary = "vocabulary-source"
      target-vocabulary = "vocabulary-target"

      [stage.train]
      model = "convs2s"                      # small; architecture = "fconv-iwslt-de-en" is larger
      from = "binarize.train"
      valid = "binarize.valid"
      embedding = 128
      encoder-channels = [128, 128, 128]
      decoder-channels = [128, 128]
      output-embedding = 128
      dropout = 0.1
      max-tokens = 2000
      optimizer = "adam"
      learning-rate = 2e-3
      clip-norm = 1
      epochs = 10

      [stage.translate]
      \(aligned("from = \"\(rows).test\"", "text as it was written: the model does the rest"))
      model = "train"
      beam = 5

      [stage.evaluate]
      from = "translate"                     # bleu, chrf2 and ter, with intervals

      """
  }
}
