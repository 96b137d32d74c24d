import Cores
import Datasets
import Diagnostics
import Layers
import Models
import Tensors
import Training

/// Translates sentences, or says how well a model expects their translations.
///
/// Sentences of like length go together; results are in the order of the sentences and depend
/// neither on their batches nor on the number of cores.
package struct TranslationEvaluator {
  private let model: ConvS2S
  private let limit: BatchLimit
  private let cores: Int
  private let blas: OpenBLAS
  private let tapes: TapePool

  package init(
    _ model: ConvS2S, limit: BatchLimit = BatchLimit(rows: 64), cores: Int, blas: OpenBLAS
  ) {
    self.model = model
    self.limit = limit
    self.cores = cores
    self.blas = blas
    tapes = TapePool(blas)
  }

  /// The loss over all pairs: smoothed as in training, and plain.
  package func loss(
    of examples: Examples<TranslationBatch>, with weights: ParameterBuffer
  ) throws(Diagnostic) -> VocabularyLoss {
    let losses = try inBatches(of: examples, with: weights) { batch, tape in
      [model.vocabularyLoss(of: batch, on: tape)]
    }
    var total = VocabularyLoss()
    for loss in losses.joined() { total += loss }
    return total
  }

  /// The loss of each pair, in the order of the pairs.
  package func losses(
    ofEach examples: Examples<TranslationBatch>, with weights: ParameterBuffer
  ) throws(Diagnostic) -> [VocabularyLoss] {
    let batches = Batcher(lengths: examples.lengths, limit: limit).ordered()
    let found = try inBatches(of: examples, with: weights) { batch, tape in
      model.vocabularyLosses(of: batch, on: tape)
    }
    var losses = [VocabularyLoss](repeating: VocabularyLoss(), count: examples.count)
    for (batch, found) in zip(batches, found) {
      for (row, loss) in zip(batch, found) { losses[Int(row)] = loss }
    }
    return losses
  }

  /// What `body` gives for each batch of pairs of like length, the shortest first.
  private func inBatches(
    of examples: Examples<TranslationBatch>, with weights: ParameterBuffer,
    _ body: @Sendable (TranslationBatch, Tape) -> [VocabularyLoss]
  ) throws(Diagnostic) -> [[VocabularyLoss]] {
    let batches = Batcher(lengths: examples.lengths, limit: limit).ordered()
    return try mapConcurrently(batches.count, cores: cores) { index throws(Diagnostic) in
      let batch = try examples.batch(batches[index])
      return tapes.withTape { tape in
        flushingSubnormals {
          tape.begin(weights)
          return body(batch, tape)
        }
      }
    }
  }

  /// The translations of each sentence, best first; every source ends in the end symbol.
  package func translate(
    _ sources: [[Int32]], with weights: ParameterBuffer, _ search: BeamSearch
  ) -> [[Hypothesis]] {
    let sentences = sources.enumerated().map { SourceSentence($1, number: $0) }
    return BatchedTranslator(
      ConvS2STranslator(model, weights), limit: limit, cores: cores, blas: blas
    ).translate(sentences, search)
  }
}
