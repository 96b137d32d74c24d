import Chains
import Diagnostics
import Formats
import Pipelines
import Text

/// Counts the tokens of rows and keeps the most frequent ones.
struct LearnVocabulary: Stage {
  static let kind = "learn-vocabulary"
  static let version = 2
  static let manual = """
    counts tokens and keeps the most frequent ones
    <pad> and <unk> come first, then tokens by falling count. Words of the text that are spelled like
    these, or like <s> and </s>, are entries of their own, with a backslash before them. Several columns share one vocabulary;
    name columns for one of their own. Let it learn from the training part only. The output
    dictionary, if wanted, is fairseq's dict.txt: `show FILE STAGE.dictionary --raw` writes it.
    """
  static let role = StageRole.learns

  let from: StageInput
  let columns: TextColumns
  private let measured: Parts?
  private let vocabulary: Vocabulary.Options
  private let givesDictionary: Bool

  init(from options: inout StageOptions) {
    from = options.input("from", .table, "the rows to count: the training part")
    columns = TextColumns(from: &options)
    var vocabulary = Vocabulary.Options()
    vocabulary.size = options.optionalInteger(
      "size", in: 3...100_000_000, unset: "no limit", "most entries kept, special tokens included")
    vocabulary.minimumCount = options.integer(
      "minimum-count", default: 1, in: 1...Int.max, "rarer tokens are left out")
    vocabulary.hasBoundaries = options.flag(
      "boundaries", default: false, "whether <s> and </s> are entries, as translation needs")
    self.vocabulary = vocabulary
    givesDictionary = options.flag(
      "dictionary", default: false, "whether to give fairseq's dict.txt too")
    measured = options.optionalParts(
      "measure", .table, unset: "from alone", "rows whose unknown tokens are counted for the record"
    )
  }

  var outputs: [Port] { [Port(.vocabulary)] + (givesDictionary ? [Port(.dictionary)] : []) }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    guard let counts = try work.countTokens(of: from, in: columns) else { return .stopped }
    let vocabulary = Vocabulary(counts, vocabulary)
    note(vocabulary.coverage(of: counts), of: from, work)
    for input in measured?.inputs ?? [] where input.source != from.source {
      guard let counts = try work.countTokens(of: input, in: columns) else { return .stopped }
      note(vocabulary.coverage(of: counts), of: input, work)
    }
    try work.commit(vocabulary.lines, to: outputs[0])
    if givesDictionary { try work.commit(vocabulary.fairseqDictionary(), to: outputs[1]) }
    work.note("entries", .integer(vocabulary.count))
    work.summarise(Spelling.count(vocabulary.count, "entry"))
    return .finished
  }

  private func note(_ coverage: Vocabulary.Coverage, of input: StageInput, _ work: StageWork) {
    work.note(
      "unknown.\(input.source.port.name)",
      [
        "tokens": .integer(coverage.tokens), "unknown-tokens": .integer(coverage.unknownTokens),
        "types": .integer(coverage.types), "unknown-types": .integer(coverage.unknownTypes),
      ])
  }
}
