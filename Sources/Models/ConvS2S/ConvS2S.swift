import Datasets
import Layers
import Tensors

/// The convolutional translator, as fairseq computes it.
///
/// By Gehring, Auli, Grangier, Yarats and Dauphin (2017). Parameters bear fairseq's names and
/// shapes. Batches hold no padding, so a sentence's result does not depend on its batch.
package struct ConvS2S: Model {
  package let configuration: Configuration
  package let layout: ParameterLayout
  package let encoder: ConvS2SEncoder
  package let decoder: ConvS2SDecoder

  package init(_ configuration: Configuration) {
    configuration.check()
    self.configuration = configuration
    var layout = ParameterLayout()
    encoder = ConvS2SEncoder(configuration, addingTo: &layout)
    decoder = ConvS2SDecoder(configuration, addingTo: &layout)
    self.layout = layout
  }

  package var normalizedWeights: [NormalizedWeight] {
    encoder.normalizedWeights + decoder.normalizedWeights
  }

  package func loss(of batch: TranslationBatch, on tape: Tape) -> Loss {
    let loss = vocabularyLoss(of: batch, on: tape)
    return Loss(sum: loss.smoothed, weight: Double(loss.wordCount))
  }

  /// The loss with label smoothing, and the plain one that perplexity is computed from.
  package func vocabularyLoss(of batch: TranslationBatch, on tape: Tape) -> VocabularyLoss {
    let decoded = decode(batch, on: tape)
    return tape.vocabularyLoss(
      of: decoded.words, targets: decoded.sentences.packed(batch.target.ids),
      weight: decoder.outputWeight(on: tape), bias: decoder.outputBias,
      smoothing: configuration.labelSmoothing)
  }

  /// The losses of each sentence of a batch, for scoring.
  package func vocabularyLosses(of batch: TranslationBatch, on tape: Tape) -> [VocabularyLoss] {
    let decoded = decode(batch, on: tape)
    return tape.vocabularyLosses(
      of: tape.unpack(decoded.words, decoded.sentences), sentences: decoded.sentences,
      targets: batch.target.ids,
      weight: decoder.outputWeight(on: tape), bias: decoder.outputBias,
      smoothing: configuration.labelSmoothing)
  }

  private func decode(_ batch: TranslationBatch, on tape: Tape) -> DecodedTarget {
    let source = encoder.encode(batch.source, on: tape)
    return decoder.decode(batch.target.shifted, source: source, on: tape)
  }
}
