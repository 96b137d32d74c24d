import Pipelines
import Text

extension StarterDefinition {
  /// From sentence pairs to a scored translator.
  package func translation(source: NameOrNumber, target: NameOrNumber) -> String {
    let languages = languages(source, target)
    return """
      # Sentence → translation. `millrace run` does what is stale; `millrace stages KIND` explains each.
      name = \(Self.quoted(name))
      seed = 1                               # another seed deals rows and weights out anew

      \(load(["source = \(Self.spelling(source))", "target = \(Self.spelling(target))"]))

      [stage.clean]
      from = "load"
      collapse-space = true
      drop-duplicates = ["source", "target"]

      [stage.split]
      from = "clean"
      parts = { train = 0.9, valid = 0.05, test = 0.05 }
      group = ["source", "target"]           # rows that share a sentence stay together

      [stage.tokenize-source]
      kind = "tokenize"
      from = "split"                         # all parts
      columns = "source"
      rules = "moses"
      language = \(languages.source)

      [stage.tokenize-target]
      kind = "tokenize"
      from = "tokenize-source"
      columns = "target"
      rules = "moses"
      language = \(languages.target)

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
      from = "split.test"                    # text as it was written: the model does the rest
      model = "train"
      beam = 5

      [stage.evaluate]
      from = "translate"                     # bleu, chrf2 and ter, with intervals

      """
  }

  /// The languages for the definition, from the names of the columns or the file, or guessed from the
  /// sentences; if that fails English, with a comment that says so.
  private func languages(
    _ source: NameOrNumber, _ target: NameOrNumber
  ) -> (source: String, target: String) {
    let parts = name.split { !$0.isLetter }.compactMap {
      MosesLanguage(rawValue: $0.lowercased())
    }
    func spelling(_ column: NameOrNumber, _ named: MosesLanguage?) -> String {
      let values = sample.columns.first { $0.reference == column }?.values ?? []
      if let language = Self.language(named: column) ?? named
        ?? SpokenLanguage.guess(from: values)
      {
        return Self.quoted(language.rawValue)
      }
      let known = MosesLanguage.allCases.map(\.rawValue).joined(separator: ", ")
      return "\"en\"                        # a guess: whose rules fit, of \(known)?"
    }
    return (
      spelling(source, parts.count == 2 ? parts[0] : nil),
      spelling(target, parts.count == 2 ? parts[1] : nil)
    )
  }

  private static func language(named column: NameOrNumber) -> MosesLanguage? {
    guard case .name(let name) = column else { return nil }
    return MosesLanguage(rawValue: name.lowercased())
  }
}
