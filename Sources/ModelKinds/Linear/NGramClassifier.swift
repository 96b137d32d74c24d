import Datasets
import Diagnostics
import Formats
import LinearModels
import Text

/// A trained model of n-grams, which classifies rows of ids and texts.
package struct NGramClassifier: TrainedClassifier, Sendable {
  private let model: NGramModel
  private let reading: TokenReading

  package init(_ model: NGramModel, _ reading: TokenReading) {
    self.model = model
    self.reading = reading
  }

  /// Reads a trained model.
  init(_ stored: StoredModel) throws(Diagnostic) {
    guard let ignoresCase = stored.configuration["ignore-case"]?.boolValue,
      let size = stored.configuration.size("vocabulary")
    else { throw Diagnostic(.misshapen(stored)) }
    let vocabulary = try stored.vocabulary(of: stored.texts.source, has: size)
    try self.init(
      NGramModel(stored), TokenReading(vocabulary, ignoresCase: ignoresCase))
  }

  package var classCount: Int { model.model.classCount }

  package func reads(_ rows: Dataset) -> Bool { rows.columns[0].vocabularySize == reading.count }

  package func classify(
    _ rows: Dataset, cores: Int, _ body: (_ row: Int, _ probabilities: Span<Float>) -> Void
  ) throws(Diagnostic) {
    try reading.classify(rows, cores: cores, body) { probabilities($0) }
  }

  package func probabilities(of ids: [Int32]) -> [Float] {
    probabilities(ids.map { reading[$0] })
  }

  /// The weight of each n-gram times what it counts for; of n-grams in buckets, whose names are not
  /// kept, what the odds lose without a word.
  package func effects(of ids: [Int32], for label: Int, against other: Int) -> [RowEffect] {
    guard case .vocabulary(let ngrams) = model.features.index else {
      return leavingOut(ids, for: label, against: other)
    }
    let tokens = ids.map { reading[$0] }
    return model.features.features(of: tokens.span).compactMap { feature, value in
      let weight =
        model.model.effect(of: Int(feature), on: label)
        - model.model.effect(of: Int(feature), on: other)
      return ngrams.ids(of: Int(feature)).map {
        RowEffect(ids: Array($0), effect: Float(value) * weight)
      }
    }
  }

  private func probabilities(_ tokens: [Int32]) -> [Float] {
    model.model.probabilities(model.features.features(of: tokens.span))
  }
}
