import Chains
import Diagnostics
import Pipelines
import Text

/// Cuts tokens into the subwords that merges give.
struct ApplyBPE: RowWise {
  static let kind = "apply-bpe"
  static let version = 2
  static let manual = """
    cuts tokens into subwords
    As subword-nmt's apply-bpe does: pieces that go on end in the separator, which is @@. A word that
    itself ends in the separator gives its last character as a piece of its own, so that joining the
    pieces gives the text again. Dropout
    is for the rows that are learned from: of several parts, for train or else the first alone; a
    model cuts raw text without it.
    """

  let from: Parts
  let columns: TextColumns
  private let merges: StageInput
  private let vocabulary: StageInput?
  private let threshold: Int
  private let encoding: BPEEncoder.Options
  private let dropout: BPEEncoder.Dropout?

  init(from options: inout StageOptions) {
    from = options.parts("from", .table, "the tokenized rows")
    merges = options.input("merges", .merges, "what learn-bpe learned")
    columns = TextColumns(from: &options)
    vocabulary = options.optionalInput(
      "vocabulary", .vocabulary, unset: "none", "pieces outside it are cut further")
    let isRestricted = OptionCondition(
      vocabulary != nil, obstacle: "merges without a vocabulary", remedy: "add vocabulary")
    threshold = options.under(isRestricted) {
      $0.integer(
        "vocabulary-threshold", default: 1, in: 1...Int.max, "how often a piece of it must occur")
    }
    var encoding = BPEEncoder.Options()
    encoding.separator = options.text(
      "separator", default: "@@", "what ends a piece that goes on")
    encoding.glossaries = options.patterns(
      "glossaries", "patterns that are cut out and never split")
    let probability = options.number(
      "dropout", default: 0, in: .fraction, "the share of merges to skip at random")
    let isRandom = OptionCondition(
      probability > 0, obstacle: "dropout = 0", remedy: "set dropout above 0")
    let seed = options.under(isRandom) { $0.seed(isKeyed: isRandom.isMet) }
    dropout = probability > 0 ? BPEEncoder.Dropout(probability: probability, seed: seed) : nil
    self.encoding = encoding
  }

  func transform(_ resources: Resources) throws(Diagnostic) -> any FieldTransform {
    try fields(resources, dropout: nil)
  }

  func learningTransform(_ resources: Resources) throws(Diagnostic) -> any FieldTransform {
    try fields(resources, dropout: dropout)
  }

  private func fields(
    _ resources: Resources, dropout: BPEEncoder.Dropout?
  ) throws(Diagnostic) -> any FieldTransform {
    var encoding = encoding
    encoding.dropout = dropout
    let codes = try resources("merges") ?? []
    if let lines = try resources("vocabulary") {
      let counts = try VocabularyCounter(lines: lines.span, file: "vocabulary")
      let known = counts.tokens(countedAtLeast: threshold)
      guard known.count > 0 else { throw Diagnostic(.nothingSoFrequent(threshold)) }
      encoding.vocabulary = known
    }
    let merges = try Merges(codes: codes.span, file: "merges")
    return SubwordFields(
      encoder: try BPEEncoder(merges, encoding), dependsOnOrigin: dropout != nil)
  }
}

extension ApplyBPE: CutsTokens {
  var separator: String { encoding.separator }
}

extension ApplyBPE: Reversible {
  func reversal() -> (any FieldTransform)? {
    JoinedFields.subwords(SubwordJoiner(separator: encoding.separator))
  }
}

/// The encoder on one field, with the words it has seen.
private struct SubwordFields: FieldTransform {
  let encoder: BPEEncoder
  /// With dropout, which draws by the row's line.
  let dependsOnOrigin: Bool
  var cache = BPEEncoder.Cache()

  mutating func apply(_ text: Span<UInt8>, of row: Origin, into output: inout [UInt8]) {
    encoder.encode(text, row: row.line, into: &output, cache: &cache)
  }
}

extension Diagnostic.Message {
  fileprivate static func nothingSoFrequent(_ threshold: Int) -> Self {
    Self(
      "no entry of the vocabulary is counted \(threshold) times: every word would be cut to characters",
      remedy: "lower vocabulary-threshold, or leave vocabulary out")
  }
}
