import Artifacts
import Diagnostics
import Metrics
import Text

/// Translations beside their references, with the scores of each, as evaluate recorded them.
struct ScoredSentences {
  /// One sentence.
  struct Sentence {
    let line: Int
    /// Its source as it was loaded; nil when it cannot be found again.
    var loaded: LoadedTexts.Loaded?
    let hypothesis: String
    let references: [String]
    /// In the order of `scoreNames`.
    let scores: [Double]

    /// Words of the first reference.
    var length: Int { references.first?.split(separator: " ").count ?? 0 }
  }

  let scoreNames: [String]
  private(set) var sentences: [Sentence] = []

  /// - Parameter output: the table of sentences.
  /// - Returns: nil when it holds no hypotheses and references.
  init?(
    _ output: RecordedOutput, of stage: ReportedStage, in report: PipelineReport
  ) throws(Diagnostic) {
    var reader = try TableReader(try report.store.openInput(output.digest), file: output.port)
    let names = reader.columns
    let known = Metric.ofTranslations.map(\.name)
    guard names.first == "hypothesis", let first = names.firstIndex(where: known.contains),
      first > 1
    else { return nil }
    scoreNames = Array(names[first...])
    while let batch = try reader.next() {
      for row in 0..<batch.count {
        let fields = names.indices.map { batch.text(row, $0) }
        sentences.append(
          Sentence(
            line: batch.origins[row].line, hypothesis: fields[0],
            references: Array(fields[1..<first]), scores: fields[first...].map { Double($0) ?? 0 }))
      }
    }
    let sources = try LoadedTexts(
      ofColumn: "source", behind: output, of: stage, rowCount: sentences.count, in: report)
    for place in sentences.indices { sentences[place].loaded = sources[place] }
  }

  /// The places of the sentences, the best by the first score first; of equal ones the longest.
  var ranking: [Int] {
    sentences.indices.sorted { a, b in
      let (x, y) = (sentences[a], sentences[b])
      return (y.scores[0], y.length, a) < (x.scores[0], x.length, b)
    }
  }

  /// The best, the median and the worst sentence.
  var telling: [(title: String, place: Int)] {
    let ranking = ranking
    guard let best = ranking.first, let worst = ranking.last else { return [] }
    return [("Best", best), ("Median", ranking[ranking.count / 2]), ("Worst", worst)]
  }
}
