import Datasets
import Fixtures
import Layers
import ModelKinds
import Models
import Tensors
import Testing
import Training

struct TranslationEvaluatorTests {
  private static let model = TranslationPairs.model()
  private static let weights = ParameterBuffer(
    model.layout, initializedFrom: RandomSource(seed: 3))

  @Test(arguments: Precision.allCases)
  func `batches and cores change no translation`(precision: Precision) {
    let sources = TranslationPairs(count: 40).sources
    var search = BeamSearch()
    search.maximumLengthBeyond = 10
    func translations(rows: Int, cores: Int) -> [[Hypothesis]] {
      BatchedTranslator(
        ConvS2STranslator(Self.model, Self.weights, in: precision), limit: BatchLimit(rows: rows),
        cores: cores, blas: .opened
      ).translate(sources.map { SourceSentence($0) }, search)
    }
    let one = translations(rows: 1, cores: 1)
    let many = translations(rows: 16, cores: 1)
    #expect(translations(rows: 16, cores: 2) == many)
    #expect(one.map { $0.map(\.words) } == many.map { $0.map(\.words) })
    for (alone, together) in zip(one.joined(), many.joined()) {
      #expect(abs(alone.score - together.score) < 1e-5)
    }
    #expect(one.allSatisfy { $0.count == 5 })
  }

  @Test func `the loss of a set is the sum of its pairs'`() throws {
    let pairs = TranslationPairs(count: 30)
    let examples = pairs.examples
    let together = try TranslationEvaluator(Self.model, cores: 2, blas: .opened)
      .loss(of: examples, with: Self.weights)
    let alone = try TranslationEvaluator(
      Self.model, limit: BatchLimit(rows: 1), cores: 1, blas: .opened
    )
    .loss(of: examples, with: Self.weights)
    #expect(together.wordCount == pairs.targets.reduce(0) { $0 + $1.count })
    #expect(abs(together.smoothed - alone.smoothed) < 1e-5 * alone.smoothed)
    #expect(
      abs(together.negativeLogLikelihood - alone.negativeLogLikelihood)
        < 1e-5 * alone.negativeLogLikelihood)
  }

  @Test func `the losses of single pairs are those of sets of one`() throws {
    let pairs = TranslationPairs(count: 9)
    let evaluator = TranslationEvaluator(
      Self.model, limit: BatchLimit(rows: 4), cores: 2, blas: .opened)
    let losses = try evaluator.losses(ofEach: pairs.examples, with: Self.weights)
    for (place, loss) in losses.enumerated() {
      let pair = Examples<TranslationBatch>(
        sources: [pairs.sources[place]], targets: [pairs.targets[place]])
      let expected = try evaluator.loss(of: pair, with: Self.weights)
      #expect(loss.wordCount == expected.wordCount)
      #expect(abs(loss.smoothed - expected.smoothed) < 1e-5 * expected.smoothed)
      #expect(
        abs(loss.negativeLogLikelihood - expected.negativeLogLikelihood)
          < 1e-5 * expected.negativeLogLikelihood)
    }
  }

  @Test(.timeLimit(.minutes(120))) func `training by batches of tokens lowers the loss`() throws {
    let examples = TranslationPairs(count: 10).examples
    let options = TrainingOptions(
      epochs: 40, schedule: Schedule(peak: 5e-3), clipNorm: 1, batchLimit: BatchLimit(tokens: 40))
    let trainer = Trainer(Self.model, options, cores: 1, blas: .opened)
    let evaluator = TranslationEvaluator(Self.model, cores: 1, blas: .opened)
    guard let start = trainer.start() else {
      Issue.record("stopped without being asked to")
      return
    }
    let before = try evaluator.loss(of: examples, with: start.weights)
    let result = try trainer.fit(examples)
    guard case .finished(let state, _) = result else {
      Issue.record("stopped without being asked to")
      return
    }
    let after = try evaluator.loss(of: examples, with: state.weights)
    #expect(after.negativeLogLikelihood < 0.8 * before.negativeLogLikelihood)
  }
}
