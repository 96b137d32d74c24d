import Cores
import Datasets
import Models
import Tensors
import Training

/// Translates many sentences, those of like length together, on several cores.
package struct BatchedTranslator {
  private let translator: ConvS2STranslator
  private let limit: BatchLimit
  private let cores: Int
  private let tapes: TapePool

  /// Hypotheses of a batch: enough for large products, and so few that what a step holds of them stays
  /// in the cache of a core.
  private static let hypothesisCount = 320

  package init(
    _ translator: ConvS2STranslator, limit: BatchLimit = BatchLimit(rows: 128), cores: Int,
    blas: OpenBLAS
  ) {
    self.translator = translator
    self.limit = limit
    self.cores = cores
    tapes = TapePool(blas)
  }

  /// The translations of each sentence, best first, in the order of the sentences.
  package func translate(
    _ sentences: [SourceSentence], _ search: BeamSearch
  ) -> [[Hypothesis]] {
    guard !sentences.isEmpty else { return [] }
    let lengths = sentences.map { Int32(clamping: $0.words.count) }
    let batches = Batcher(lengths: [lengths], limit: limit(on: sentences.count, search)).ordered()
    // The longest first, so that no core is left with them at the end.
    let results = mapConcurrently(batches.count, cores: cores) { index in
      let rows = batches[batches.count - 1 - index]
      return tapes.withTapes(translator.tapeCount) { tapes in
        flushingSubnormals {
          translator.translate(rows.map { sentences[Int($0)] }, search, on: tapes)
        }
      }
    }
    var translations = [[Hypothesis]](repeating: [], count: sentences.count)
    for (batch, result) in zip(batches.reversed(), results) {
      for (row, hypotheses) in zip(batch, result) { translations[Int(row)] = hypotheses }
    }
    return translations
  }

  /// The limit of the batches: so small that all cores end at about the same time.
  private func limit(on sentences: Int, _ search: BeamSearch) -> BatchLimit {
    let most = Self.hypothesisCount / search.width
    let share = cores > 1 ? sentences / (4 * cores) : sentences
    return limit.lowered(toRows: max(16, min(most, share)))
  }
}
