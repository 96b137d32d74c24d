import Datasets
import Layers
import Tensors

/// A trained model made ready for decoding; several threads may use it, each with its own tape.
package struct ConvS2STranslator: Sendable {
  package let model: ConvS2S
  private let parameters: ParameterBuffer
  private let decoder: ConvS2SFoldedDecoder

  package init(_ model: ConvS2S, _ parameters: ParameterBuffer) {
    self.model = model
    self.parameters = parameters
    decoder = ConvS2SFoldedDecoder(model.decoder, parameters)
  }

  /// The translations of each sentence, best first.
  ///
  /// What a sentence gets does not depend on the others; together they are only faster.
  package func translate(
    _ source: TokenRows, _ search: BeamSearch, on tape: Tape
  ) -> [[Hypothesis]] {
    let configuration = model.configuration
    tape.begin(parameters)
    let steps = ConvS2SSteps(
      decoder, source: model.encoder.encode(source, on: tape),
      rowLimit: source.count * search.width, padding: configuration.padding, in: tape.arena)
    var searches = source.lengths.map { length in
      SentenceSearch(
        search, end: Int32(configuration.end),
        maximumLength: search.maximumLength(
          sourceLength: Int(length), limit: configuration.maximumLength - 1))
    }
    // The first row of each sentence one step before.
    var firstRows = [Int](repeating: 0, count: source.count)
    var place = 0
    while true {
      let beginnings = OpenBeginnings(of: searches, firstRows: &firstRows)
      if beginnings.words.isEmpty { break }
      let hidden = steps.advance(
        words: beginnings.words, parents: beginnings.parents, groups: beginnings.groups,
        place: place)
      var continuations: [[ColumnValue]] = []
      steps.forEachLogits(of: hidden) { logits, rows in
        for row in rows {
          let sentence = beginnings.sentences[row]
          continuations.append(
            best(
              logits, row: row - rows.lowerBound, search,
              allowing: searches[sentence].allowance(at: place)))
        }
      }
      for group in beginnings.groups {
        searches[group.sentence].advance(
          continuations[group.rows],
          attention: group.rows.map { row in
            let columns = Int(source.lengths[group.sentence])
            return steps.attention.row(row, prefix: columns)
          })
      }
      place += 1
    }
    return searches.map(\.hypotheses)
  }

  /// The best log probabilities of one row of logits, less penalties; the logits are changed.
  private func best(
    _ logits: Tensor, row: Int, _ search: BeamSearch, allowing allowance: SentenceSearch.Allowance
  ) -> [ColumnValue] {
    let configuration = model.configuration
    let total = logits.logSumOfExponentials(inRow: row)
    let start = row * logits.columns
    var values = logits.values
    if allowance == .endOnly {
      return [
        ColumnValue(column: configuration.end, value: values[start + configuration.end] - total)
      ]
    }
    values[start + configuration.padding] = -.infinity
    values[start + configuration.unknown] -= search.unknownPenalty
    if allowance == .noEnd { values[start + configuration.end] = -.infinity }
    return logits.largest(2 * search.width, inRow: row).map {
      ColumnValue(column: $0.column, value: $0.value - total)
    }
  }
}

/// All beginnings of a step, those of one sentence after those of another.
private struct OpenBeginnings {
  private(set) var words: [Int32] = []
  private(set) var parents: [Int] = []
  private(set) var sentences: [Int] = []
  private(set) var groups: [ConvS2SSteps.Group] = []

  /// - Parameter firstRows: the first row of each sentence, before: one step ago; after: now.
  init(of searches: [SentenceSearch], firstRows: inout [Int]) {
    for (sentence, search) in searches.enumerated() where !search.open.isEmpty {
      let start = words.count
      for (index, beginning) in search.open.enumerated() {
        words.append(search.lastWord(of: index))
        parents.append(firstRows[sentence] + beginning.parent)
        sentences.append(sentence)
      }
      groups.append(ConvS2SSteps.Group(sentence: sentence, rows: start..<words.count))
      firstRows[sentence] = start
    }
  }
}

extension Tensor {
  fileprivate func row(_ row: Int, prefix: Int) -> [Float] {
    let values = span
    return (row * columns..<row * columns + prefix).map { values[$0] }
  }
}
