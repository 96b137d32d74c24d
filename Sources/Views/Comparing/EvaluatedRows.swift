import Artifacts
import Chains
import Diagnostics
import Metrics
import Stages
import Text

/// What an evaluation kept of each of its rows, of which its scores can be computed again.
struct EvaluatedRows: Sendable {
  /// What was said of each row, by the table that evaluate left.
  enum Answers: Sendable {
    case classes([String])
    case translations([String])
    /// Of pairs, by the column of each loss, and the tokens of each pair.
    case losses([String: [Double]], tokenCounts: [Int])
  }

  private(set) var origins: [Origin]
  private(set) var answers: Answers
  /// The true class, the references, or the given translation.
  private(set) var truths: [[String]]
  /// The options that translations were measured with.
  let measures: MeasureOptions

  var count: Int { origins.count }

  /// Nil when the table is not in the store, or none that evaluate leaves.
  init?(_ record: Record, in store: ArtifactStore) throws(Diagnostic) {
    guard let output = record.output("predictions") ?? record.output("sentences"),
      try store.isIntact(output.digest)
    else { return nil }
    let reader = try TableReader(try store.openInput(output.digest), file: output.port)
    let columns = reader.columns
    guard let layout = Layout(columns, port: output.port) else { return nil }
    let texts = try ColumnTexts(output, layout.answers + layout.truths, in: store)
    let said = Array(texts.texts.prefix(layout.answers.count))
    let truths = texts.texts.dropFirst(layout.answers.count)
    origins = texts.origins
    self.truths = texts.origins.indices.map { row in truths.map { $0[row] } }
    measures = MeasureOptions(of: record)
    switch layout.kind {
    case .classes: answers = .classes(said[0])
    case .translations: answers = .translations(said[0])
    case .losses:
      let losses = layout.answers.dropFirst().enumerated().map { place, name in
        (name, said[place + 1].map { Double($0) ?? .nan })
      }
      answers = .losses(
        Dictionary(losses, uniquingKeysWith: { first, _ in first }),
        tokenCounts: said[0].map { Int($0) ?? 0 })
    }
  }

  /// Some of the rows, in the order given.
  func rows(at places: [Int]) -> EvaluatedRows {
    var chosen = self
    chosen.origins = places.map { origins[$0] }
    chosen.truths = places.map { truths[$0] }
    chosen.answers =
      switch answers {
      case .classes(let classes): .classes(places.map { classes[$0] })
      case .translations(let texts): .translations(places.map { texts[$0] })
      case .losses(let losses, let tokenCounts):
        .losses(
          losses.mapValues { values in places.map { values[$0] } },
          tokenCounts: places.map { tokenCounts[$0] })
      }
    return chosen
  }

  /// Whether the rows are those of another evaluation, in the same order.
  func areThose(of other: EvaluatedRows) -> Bool {
    origins == other.origins && truths == other.truths
  }
}

/// Which columns of an evaluation's table say what.
private struct Layout {
  enum Kind {
    case classes, translations, losses
  }

  let kind: Kind
  let answers: [String]
  let truths: [String]

  /// Nil for a table of another kind.
  init?(_ columns: [String], port: String) {
    if port == "sentences" {
      let scores = Metric.ofTranslations.map(\.name)
      truths = columns.filter { $0 != "hypothesis" && !scores.contains($0) }
      (kind, answers) = (.translations, ["hypothesis"])
    } else if columns.contains("predicted") {
      (kind, answers, truths) = (.classes, ["predicted"], ["label"])
    } else {
      (kind, answers, truths) = (.losses, ["tokens", "loss", "nll"], ["target"])
    }
    guard !truths.isEmpty, (answers + truths).allSatisfy(columns.contains) else { return nil }
  }
}
