import Diagnostics
import Models
import Pipelines

extension MemoryDemand {
  /// What a batch of sentences holds while translations are looked for: a score for each word that
  /// each beginning could go on with.
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
