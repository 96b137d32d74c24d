import Models
import Pipelines
import Reports

extension MemoryDemand {
  /// What a batch of sentences holds while translations are looked for: a score for each word that
  /// each beginning could go on with.
  init(translating sentences: Int, by model: ConvS2S, _ options: TextTranslator.Options) {
    let rows = min(sentences, options.batchSize)
    let beam = options.search.width
    let (scores, isTooLarge) = (rows * beam).multipliedReportingOverflow(
      by: model.configuration.targetVocabularySize * MemoryLayout<Float>.stride)
    self.init(
      byteCount: isTooLarge ? .max : scores,
      for: "a beam of \(Spelling.count(beam)) for \(Spelling.count(rows, "sentence")) at once",
      remedy: "lower beam or batch-size")
  }

  /// What the fewest edits from one sentence to another are found in: a cell for each two of their
  /// words, five bytes each.
  init(editing translations: Translations) {
    func wordCount(_ text: String) -> Int { text.split(separator: " ").count }
    let cells = translations.hypotheses.enumerated().reduce(0) { most, hypothesis in
      let words = wordCount(hypothesis.element)
      return translations.references.reduce(most) {
        max($0, (words + 1) * (wordCount($1[hypothesis.offset]) + 1))
      }
    }
    self.init(
      byteCount: 5 * cells, for: "finding the edits of the longest sentence for ter",
      remedy: "leave ter out of metrics, or score sentences, one a row")
  }
}
