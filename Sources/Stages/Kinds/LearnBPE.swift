import Chains
import Diagnostics
import Formats
import Pipelines
import Text

/// Learns byte-pair merges from tokenized rows.
struct LearnBPE: Stage {
  static let kind = "learn-bpe"
  static let version = 1
  static let manual = """
    learns byte-pair merges from tokenized rows
    Byte for byte what subword-nmt 0.3.8 learns from the same text. Several columns are learned from
    together. Let it learn from the training part only.
    """
  static let role = StageRole.learns

  let from: StageInput
  let columns: TextColumns
  private let learner: BPELearner

  init(from options: inout StageOptions) {
    from = options.input("from", .table, "the rows to learn from: the training part")
    columns = TextColumns(from: &options)
    var learner = BPELearner()
    learner.merges = options.integer(
      "merges", default: 10_000, in: 0...10_000_000, "how many merges to learn at most")
    learner.minimumCount = options.integer(
      "minimum-count", default: 2, in: 1...Int.max, "pairs rarer than this are not merged")
    learner.countsCharacters = options.flag(
      "count-characters", default: false, "whether merges includes the characters")
    self.learner = learner
  }

  var outputs: [Port] { [Port(.merges)] }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    guard let counts = try work.countTokens(of: from, in: columns) else { return .stopped }
    guard let merges = learner.learn(counts, unless: { work.shouldStop }) else { return .stopped }
    try work.commit(merges.codes, to: outputs[0])
    work.note("merges", .integer(merges.merges.count))
    work.summarise("\(Spelling.count(merges.merges.count)) merges")
    return .finished
  }
}
