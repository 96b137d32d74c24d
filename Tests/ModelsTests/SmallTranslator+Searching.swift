import Datasets
import Fixtures
import Layers
import Models
import Tensors

extension TokenRows {
  /// The rows as sentences, numbered from 0.
  var sentences: [SourceSentence] {
    (0..<count).map { SourceSentence(self[$0..<$0 + 1].ids, number: $0) }
  }
}

extension ConvS2STranslator {
  func translate(_ source: TokenRows, _ search: BeamSearch) -> [[Hypothesis]] {
    translate(source.sentences, search)
  }

  func translate(_ sentences: [SourceSentence], _ search: BeamSearch) -> [[Hypothesis]] {
    translate(sentences, search, on: (0..<tapeCount).map { _ in Tape(.opened) })
  }
}

extension BeamSearch {
  /// A search for translations of at most twelve words, changed as a test wants.
  static func short(_ change: (inout BeamSearch) -> Void = { _ in }) -> BeamSearch {
    var search = BeamSearch()
    search.maximumLengthBeyond = 12
    change(&search)
    return search
  }
}

extension SmallTranslator {
  var translator: ConvS2STranslator { ConvS2STranslator(model, parameters) }

  /// The log probabilities of the word that follows `words`, by the whole model.
  func logProbabilities(after words: [Int32], source: TokenRows) -> [Float] {
    let tape = Tape(.opened)
    tape.begin(parameters)
    let encoded = model.encoder.encode(source, on: tape)
    let decoded = model.decoder.decode(TokenRows([[2] + words]), source: encoded, on: tape)
    let logits = tape.linear(
      decoded.words, weight: model.decoder.outputWeight(on: tape), bias: model.decoder.outputBias)
    let last = logits.value[rows: words.count..<words.count + 1]
    let total = last.logSumOfExponentials(inRow: 0)
    return last.array.map { $0 - total }
  }
}
