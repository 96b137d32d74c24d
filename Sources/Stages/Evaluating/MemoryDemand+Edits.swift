import Pipelines

extension MemoryDemand {
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
