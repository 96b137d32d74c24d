import Chains
import Datasets
import Diagnostics
import Formats
import Glibc
import Layers
import Metrics
import ModelKinds
import Models
import Pipelines
import Reports
import Text

/// Scores how well a translator expects given translations.
struct PairScoring {
  let from: StageInput
  let model: StoredModel
  /// The metrics that are computed.
  let metrics: [Metric]

  /// Writes the scores, and a table with those of each pair.
  func run(
    _ work: StageWork, scores scoresPort: Port, pairs pairsPort: Port
  ) throws(Diagnostic) -> StageOutcome {
    let model = try model.translator()
    let rows = try Dataset(SafetensorsFile(try work.map(from)))
    let configuration = model.model.configuration
    guard
      rows.columns.map(\.vocabularySize)
        == [configuration.sourceVocabularySize, configuration.targetVocabularySize],
      rows.columns.allSatisfy({ $0.end.map(Int.init) == configuration.end })
    else { throw Diagnostic(.otherPairs("\(from.source)", model.name)) }
    let pairs = rows.translation(sentenceLengths: 2...configuration.maximumLength)
    guard pairs.count > 0 else {
      throw Diagnostic(.nothingScored(of: rows.count, configuration.maximumLength))
    }
    if pairs.count < rows.count {
      work.warn(.notScored(rows.count - pairs.count, of: rows.count, configuration.maximumLength))
    }
    work.progress(StageProgress(text: "scoring \(Spelling.count(pairs.count, "pair"))"))
    let losses = try TranslationEvaluator(model.model, cores: work.cores, blas: model.blas)
      .losses(ofEach: pairs, with: model.weights)
    guard !work.shouldStop else { return .stopped }
    let report = PairReport(
      losses, metrics, isSmoothed: configuration.labelSmoothing.amount > 0)
    try work.commit(report.json.pretty + "\n", to: scoresPort)
    var target = try TargetText(model.target, model: model.name)
    var table = PairLosses()
    for (place, loss) in losses.enumerated() {
      let one = PairReport([loss], [], isSmoothed: false)
      let words = try pairs.batch([Int32(place)]).target.ids
      let number = try pairs.number(place)
      table.append(
        PairLosses.Row(
          origin: Origin(line: Int(clamping: max(1, number))),
          target: target.text(of: target.tokens(of: words)),
          tokenCount: loss.wordCount, loss: one.value(of: .loss),
          negativeLogLikelihood: one.value(of: .negativeLogLikelihood),
          perplexity: one.value(of: .perplexity)))
    }
    try table.write(to: pairsPort, in: work)
    work.summarise(report.summary)
    return .finished
  }
}

/// The losses of pairs, as means, perplexities and base-2 logarithms.
private struct PairReport {
  private let total: VocabularyLoss
  private let pairCount: Int
  private let metrics: [Metric]
  private let isSmoothed: Bool

  init(_ losses: [VocabularyLoss], _ metrics: [Metric], isSmoothed: Bool) {
    var total = VocabularyLoss()
    for loss in losses { total += loss }
    self.total = total
    pairCount = losses.count
    self.metrics = metrics
    self.isSmoothed = isSmoothed
  }

  /// A metric of all pairs; NaN for one that is not of pairs.
  func value(of metric: Metric) -> Double {
    guard case .tokenLosses(let loss) = metric.basis else { return .nan }
    let sum = loss.isSmoothed ? total.smoothed : total.negativeLogLikelihood
    return loss.value(ofSums: [sum, Double(total.wordCount)])
  }

  /// One flat object for scripts; what ends in `-base-2` is as fairseq prints it.
  var json: JSONValue {
    func member(_ metric: Metric) -> JSONValue.Member {
      .init(metric.name, .number(value(of: metric)))
    }
    func base2(_ metric: Metric) -> JSONValue.Member {
      .init("\(metric.name)-base-2", .number(value(of: metric) / log(2)))
    }
    return .object(
      [
        member(.loss), base2(.loss), member(.negativeLogLikelihood),
        base2(.negativeLogLikelihood), member(.perplexity),
      ] + metrics.filter { !$0.isStandard }.map(member) + [
        .init("tokens", .integer(total.wordCount)), .init("pairs", .integer(pairCount)),
      ])
  }

  var summary: String {
    let told = metrics.map { metric in
      let score = "\(metric.name) \(Spelling.score(value(of: metric), of: metric.name))"
      return metric.name == Metric.loss.name && isSmoothed ? "\(score) (smoothed)" : score
    }
    let base2 = Spelling.fixed(value(of: .loss) / log(2), places: 3)
    return (told + ["(loss in base 2: \(base2))"]).joined(separator: "  ")
  }
}

extension Diagnostic.Message {
  fileprivate static func otherPairs(_ data: String, _ model: String) -> Self {
    Self(
      "'\(data)' was not made for '\(model)': it has no pairs, or other vocabularies",
      remedy: "binarize pairs with the vocabularies that the model was trained with")
  }

  fileprivate static func nothingScored(of all: Int, _ limit: Int) -> Self {
    Self(
      "none of \(Spelling.count(all, "pair")) can be scored: a sentence of each is empty"
        + " or has over \(Spelling.count(limit)) tokens",
      remedy: "score other pairs, or train with more positions")
  }

  fileprivate static func notScored(_ count: Int, of all: Int, _ limit: Int) -> Self {
    Self(
      "\(Spelling.count(count)) of \(Spelling.count(all)) pairs are not scored: a sentence is empty"
        + " or has over \(Spelling.count(limit)) tokens",
      remedy: "drop them in a clean stage")
  }
}
