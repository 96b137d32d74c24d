import Diagnostics
import Models
import Pipelines

extension MemoryDemand {
  /// The scores held while a batch is translated: one for each word that may extend each hypothesis.
  package init(translating sentences: Int, by model: ConvS2S, _ options: TextTranslator.Options) {
    let rows = min(sentences, options.batchSize)
    let beam = options.search.width
    let (scores, isTooLarge) = (rows * beam).multipliedReportingOverflow(
      by: model.configuration.targetVocabularySize * MemoryLayout<Float>.stride)
    self.init(
      byteCount: isTooLarge ? .max : scores,
      for: "a beam of \(Spelling.count(beam)) for \(Spelling.count(rows, "sentence")) at once",
      remedy: "lower beam or batch-size")
  }
}
