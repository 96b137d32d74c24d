import Datasets
import Layers
import Tensors

/// Trained models made ready for decoding; several threads may use them, each with its own tapes.
///
/// Several models are an ensemble: a word's probability is the mean of theirs.
package struct ConvS2STranslator: Sendable {
  private struct Member: Sendable {
    let model: ConvS2S
    /// Those of the encoder.
    let weights: InferenceWeights
    let decoder: ConvS2SFoldedDecoder
  }

  private let members: [Member]
  private var configuration: ConvS2S.Configuration { members[0].model.configuration }

  /// How many tapes a translation needs.
  package var tapeCount: Int { members.count }

  /// - Parameters:
  ///   - models: must have one vocabulary.
  ///   - precision: what both sides of products with weights are rounded to; attention, embeddings
  ///     and softmax are exact.
  package init(
    _ models: [(model: ConvS2S, parameters: ParameterBuffer)],
    in precision: Precision = .float32
  ) {
    precondition(!models.isEmpty, "an ensemble of no models")
    let first = models[0].model.configuration
    for (model, _) in models {
      precondition(
        first.numbersWords(as: model.configuration),
        "\(model.configuration) in an ensemble with \(first)")
    }
    members = models.map { model, parameters in
      let normalized = NormalizedWeights(model.encoder.normalizedWeights, in: model.layout)
      normalized.compute(from: parameters, cores: 1)
      return Member(
        model: model,
        weights: InferenceWeights(parameters, in: precision, normalized: normalized),
        decoder: ConvS2SFoldedDecoder(model.decoder, parameters, in: precision))
    }
  }

  package init(
    _ model: ConvS2S, _ parameters: ParameterBuffer, in precision: Precision = .float32
  ) {
    self.init([(model, parameters)], in: precision)
  }

  /// The translations of each sentence, best first.
  ///
  /// A sentence's translations do not depend on the others; together they are only faster. Of a
  /// sentence that has more words than there are positions, the first ones are read.
  package func translate(
    _ sentences: [SourceSentence], _ search: BeamSearch, on tapes: [Tape]
  ) -> [[Hypothesis]] {
    precondition(tapes.count == members.count, "\(tapes.count) tapes for \(members.count) models")
    let limit = members.reduce(Int.max) { min($0, $1.model.configuration.maximumLength) }
    let source = TokenRows(sentences.map { configuration.readable($0.words, limit: limit) })
    let steps = ConvS2SEnsembleSteps(
      zip(members, tapes).map { member, tape in
        tape.begin(member.weights)
        return ConvS2SSteps(
          member.decoder, source: member.model.encoder.encode(source, on: tape),
          rowLimit: source.count * search.width, padding: configuration.padding, on: tape)
      })
    let selection = WordSelection(
      search: search, padding: configuration.padding, end: configuration.end,
      unknown: configuration.unknown)
    var searches = zip(sentences, source.lengths).map { sentence, length in
      SentenceSearch(
        sentence, selection,
        maximumLength: search.maximumLength(sourceLength: Int(length), limit: limit - 1))
    }
    // The first row of each sentence one step before.
    var firstRows = [Int](repeating: 0, count: source.count)
    var place = 0
    while true {
      let hypotheses = PartialHypotheses(of: searches, firstRows: &firstRows)
      if hypotheses.words.isEmpty { break }
      steps.advance(hypotheses, place: place)
      var continuations: [[ColumnValue]] = []
      steps.forEachRow(temperature: search.sampling?.temperature ?? 1) {
        row, scores, scoreRow, total in
        let (sentence, hypothesis) = hypotheses.origins[row]
        continuations.append(
          searches[sentence].continuations(
            of: hypothesis, at: place, scores: scores, row: scoreRow, lessTotal: total))
      }
      for group in hypotheses.groups {
        let width = Int(source.lengths[group.sentence])
        searches[group.sentence].advance(
          continuations[group.rows], attention: steps.attention(ofRows: group.rows, width: width))
      }
      place += 1
    }
    return searches.map(\.hypotheses)
  }
}
