import Artifacts
import Diagnostics
import Metrics
import Pipelines
import Reports
import Text

/// The rows that two evaluations have in common, with what each said of them.
struct PairedRows {
  enum Content {
    case predictions(PairedPredictions)
    /// `references[r][i]` is the r-th reference of sentence i.
    case sentences(a: [String], b: [String], references: [[String]])
  }

  let content: Content
  let count: Int
  /// Whether every row of both has its pair.
  let isWhole: Bool
  /// What keeps them from being tested; nil when nothing does.
  let obstacle: String?

  /// Nil when the rows of either are not in the store.
  init?(_ a: Record, _ b: Record, in store: ArtifactStore) throws(Diagnostic) {
    guard let first = try EvaluatedRows(a, in: store), let second = try EvaluatedRows(b, in: store),
      first.port == second.port
    else { return nil }
    let pairs = Self.pairs(first, second)
    let matching = pairs.filter { first.truths[$0] == second.truths[$1] }
    isWhole = matching.count == first.truths.count && matching.count == second.truths.count
    count = matching.count
    // A row or two may have been corrected; more are other rows on the same lines.
    let isForeign = pairs.count - matching.count > pairs.count / 50
    obstacle =
      matching.isEmpty || isForeign
      ? "the two were scored on other rows, so nothing can be tested" : nil
    if first.port == EvaluatedRows.sentencesPort {
      let references = matching.map { first.truths[$0.0] }
      content = .sentences(
        a: matching.map { first.answers[$0.0] }, b: matching.map { second.answers[$0.1] },
        references: (references.first ?? []).indices.map { index in references.map { $0[index] } })
    } else {
      let runs = PairedPredictions.runs(
        truth: matching.map { first.truths[$0.0][0] }, [matching.map { first.answers[$0.0] }],
        [matching.map { second.answers[$0.1] }])
      content = .predictions(runs[0])
    }
  }

  /// Places that belong together: the same ones where the tables have the same rows, else by origin.
  private static func pairs(_ a: EvaluatedRows, _ b: EvaluatedRows) -> [(Int, Int)] {
    if a.origins == b.origins { return a.origins.indices.map { ($0, $0) } }
    var places: [RowIdentity: Int] = [:]
    var (identitiesA, identitiesB) = (RowIdentities(), RowIdentities())
    for (place, origin) in a.origins.enumerated() { places[identitiesA.next(origin)] = place }
    return b.origins.enumerated().compactMap { place, origin in
      places[identitiesB.next(origin)].map { ($0, place) }
    }
  }
}

/// What an evaluation said of each of its rows.
private struct EvaluatedRows {
  static let sentencesPort = "sentences"
  private static let predictionsPort = "predictions"

  let port: String
  private(set) var origins: [Origin] = []
  /// The class it gave, or the translation.
  private(set) var answers: [String] = []
  /// The true class, or the references.
  private(set) var truths: [[String]] = []

  /// Nil when the table is not there.
  init?(_ record: Record, in store: ArtifactStore) throws(Diagnostic) {
    let ports = [Self.predictionsPort, Self.sentencesPort]
    guard let output = record.outputs.first(where: { ports.contains($0.port) }),
      try store.isIntact(output.digest)
    else { return nil }
    port = output.port
    var reader = try TableReader(try store.openInput(output.digest), file: output.port)
    let isSentences = port == Self.sentencesPort
    let scores = ["bleu", "bleu4-tokenized", "chrf2", "chrf2++", "ter"]
    let truthPlaces = reader.columns.indices.filter { index in
      isSentences
        ? reader.columns[index] != "hypothesis" && !scores.contains(reader.columns[index])
        : reader.columns[index] == "label"
    }
    guard
      let answer = reader.columns.firstIndex(of: isSentences ? "hypothesis" : "predicted"),
      !truthPlaces.isEmpty
    else { return nil }
    while let batch = try reader.next() {
      origins += batch.origins
      for row in 0..<batch.count {
        answers.append(batch.text(row, answer))
        truths.append(truthPlaces.map { batch.text(row, $0) })
      }
    }
  }
}
