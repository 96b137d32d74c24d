import Chains
import Cores
import Diagnostics
import Formats
import Metrics
import Pipelines
import Text

/// Scores translations against their references, by several metrics at once.
struct TranslationScoring: Sendable {
  private let columns: HypothesisColumns
  let metrics: [NamedMetric]
  private let resampling: Resampling

  /// Declares and reads the options of evaluate for translations.
  init(from options: inout StageOptions) {
    columns = HypothesisColumns(from: &options)
    metrics = NamedMetric.list(from: &options, tokenizedBy: columns.tokenization)
    var resampling = Resampling()
    resampling.samples = options.integer(
      "resamples", default: 1_000, in: 0...1_000_000,
      "corpora drawn from the sentences for the 95 % interval of each score; 0 for none")
    let isResampled = OptionCondition(
      resampling.samples > 0, obstacle: "resamples = 0", remedy: "set resamples above 0")
    resampling.seed = options.under(isResampled) {
      UInt32(
        $0.integer(
          "resampling-seed", default: 12_345, in: 0...Int(UInt32.max),
          "where their random numbers start; sacreBLEU's unless given"))
    }
    self.resampling = resampling
  }

  static var outputs: [Port] { [Port(.scores), EvaluatedRows.sentencesPort] }

  /// Writes the scores, and a table with those of each sentence.
  func run(_ work: StageWork, from input: StageInput) throws(Diagnostic) -> StageOutcome {
    guard let translations = try columns.read(input, in: work) else { return .stopped }
    if metrics.contains(where: { $0.metric is TER }) {
      try MemoryDemand(editing: translations).check()
    }
    warn(of: translations, in: work)
    work.progress(StageProgress(text: "scoring \(Spelling.count(translations.count, "sentence"))"))
    let scores = mapConcurrently(metrics.count, cores: work.cores) { index in
      MetricScore(of: translations, by: metrics[index], resampling)
    }
    guard !work.shouldStop else { return .stopped }
    let report = TranslationReport(scores: scores, sentenceCount: translations.count)
    try work.commit(report.json.pretty + "\n", to: Self.outputs[0])
    try report.sentences(of: translations).write(to: Self.outputs[1], in: work)
    work.summarise(report.summary)
    return .finished
  }

  /// Warns of what would make the scores misleading, such as pieces of words or `<unk>`.
  private func warn(of translations: Translations, in work: StageWork) {
    let cutsText = metrics.contains { ($0.metric as? BLEU).map { $0.tokenizer != .none } ?? false }
    if cutsText, BLEU.looksTokenized(translations.hypotheses) { work.warn(.tokenizedText) }
    if let pieces = translations.pieces {
      work.warn(.pieces(pieces.count, of: translations.count, pieces.first))
    }
    let unknown = translations.unknownWordCount
    if unknown > 0 { work.warn(.unknownWords(unknown)) }
  }
}

extension Diagnostic.Message {
  fileprivate static let tokenizedText = Self(
    "the hypotheses look tokenized: 100 or more end in ' .', and bleu tokenizes them again",
    remedy: "detokenize them, or set tokenizer = \"none\" and never compare the figure with others")

  fileprivate static func pieces(_ count: Int, of all: Int, _ first: String) -> Self {
    Self(
      "\(Spelling.count(count)) of \(Spelling.count(all, "sentence")) hold words that end in @@, such as:"
        + " \(first.prefix(80))",
      remedy:
        "if these are pieces of words, join them first: kind = \"detokenize\", rules = \"subwords\""
    )
  }

  fileprivate static func unknownWords(_ count: Int) -> Self {
    Self(
      "the references hold \(Spelling.count(count)) <unk>: they are not the text as it was written",
      remedy: "score against text that no vocabulary was applied to")
  }
}
