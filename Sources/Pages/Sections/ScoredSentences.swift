import Diagnostics
import Stages
import Views

/// Translations beside their references, with the scores of each, as evaluate recorded them.
struct ScoredSentences {
  /// One sentence.
  struct Sentence {
    let scored: SentenceScores.Row
    /// Its source as it was loaded; nil when it cannot be found again.
    let loaded: LoadedTexts.Loaded?

    /// Words of the first reference.
    var length: Int { scored.references.first?.split(separator: " ").count ?? 0 }
  }

  let scoreNames: [String]
  let sentences: [Sentence]

  /// Nil when the stage kept no sentences with scores.
  init?(of stage: ReportedStage, in report: PipelineReport) throws(Diagnostic) {
    guard let (output, table) = try stage.evaluatedRows(in: report.store),
      case .sentences(let scored) = table, !scored.scoreNames.isEmpty
    else { return nil }
    scoreNames = scored.scoreNames
    let sources = try report.texts(
      ofColumn: "source", rowCount: scored.rows.count, in: output, of: stage)
    sentences = scored.rows.enumerated().map { Sentence(scored: $1, loaded: sources[$0]) }
  }

  /// The places of the sentences, the best by the first score first; of equal ones the longest.
  var ranking: [Int] {
    sentences.indices.sorted { a, b in
      let (x, y) = (sentences[a], sentences[b])
      return (y.scored.scores[0], y.length, a) < (x.scored.scores[0], x.length, b)
    }
  }

  /// The places of the sentences that are no reference word for word, the best first.
  var imperfect: [Int] {
    ranking.filter { place in
      let scored = sentences[place].scored
      return !scored.references.contains(scored.hypothesis)
    }
  }

  /// The worst, the middling and the best of the imperfect sentences; of sentences that are all perfect
  /// the longest, a middling and the shortest.
  var telling: [(title: String, place: Int)] {
    let imperfect = imperfect
    let (all, titles) =
      imperfect.isEmpty
      ? (Array(ranking.reversed()), ["Longest", "Middling", "Shortest"])
      : (imperfect, ["Worst", "Middling", "Best imperfect"])
    var shown: Set<Int> = []
    return zip(titles, [all.count - 1, all.count / 2, 0])
      .filter { all.indices.contains($1) && shown.insert($1).inserted }
      .map { (title: $0, place: all[$1]) }
  }
}
