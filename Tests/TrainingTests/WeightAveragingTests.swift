import Fixtures
import Tensors
import Testing
import Training

struct WeightAveragingTests {
  private static let model = MeanClassifier(
    vocabularySize: Sample.vocabularySize, classCount: Sample.classCount)

  /// A training whose score after each epoch is given, and the weights after each.
  private func fit(
    _ averaging: WeightAveraging?, epochs: Int, from state: consuming TrainingState? = nil,
    _ scores: [Double], after weightsAfter: inout [[Float]]
  ) throws -> TrainingState {
    var options = TrainingOptions(epochs: epochs, rule: NAG(), monitor: Monitor(score: "bleu"))
    options.averaging = averaging
    var epoch = state?.history.epochs.count ?? 0
    var seen: [[Float]] = []
    let result = try Trainer(Self.model, options, cores: 2, blas: .opened).fit(
      Sample(rows: 20).examples, from: state,
      validate: { weights in
        seen.append(weights.numbers)
        defer { epoch += 1 }
        return ["bleu": scores[epoch], "loss": 1]
      })
    weightsAfter += seen
    return try result.endState()
  }

  @Test(
    arguments: [
      (WeightAveraging(.last, of: 2), [4, 5]), (.init(.last, of: 9), [1, 2, 3, 4, 5]),
      (.init(.best, of: 1), [2]), (.init(.best, of: 2), [2, 4]), (.init(.best, of: 3), [1, 2, 4]),
      (.init(.best, of: 9), [1, 2, 3, 4, 5]),
    ])
  func `the result is the mean of the wanted epochs, of equal scores the first`(
    _ averaging: WeightAveraging, _ epochs: [Int]
  ) throws {
    var weights: [[Float]] = []
    let state = try fit(averaging, epochs: 5, [3, 9, .nan, 9, 3], after: &weights)
    #expect(state.kept.map(\.epoch) == epochs)
    #expect(state.kept.map(\.weights.numbers) == epochs.map { weights[$0 - 1] })
    let found = state.finalWeights.numbers
    for place in found.indices {
      let mean = epochs.reduce(Float(0)) { $0 + weights[$1 - 1][place] } / Float(epochs.count)
      #expect(abs(found[place] - mean) <= 1e-6)
    }
    #expect(state.best == nil)
  }

  @Test(arguments: [WeightAveraging.Choice.last, .best])
  func `more epochs give the mean that all epochs at once would`(
    _ choice: WeightAveraging.Choice
  ) throws {
    let averaging = WeightAveraging(choice, of: 3)
    let scores = [5, 1, 4, 2, 3, 6.0]
    var weights: [[Float]] = []
    let whole = try fit(averaging, epochs: 6, scores, after: &weights)
    let half = try fit(averaging, epochs: 4, scores, after: &weights)
    let extended = try fit(averaging, epochs: 6, from: half, scores, after: &weights)
    #expect(extended.finalWeights.bits == whole.finalWeights.bits)
    #expect(extended.kept.map(\.epoch) == (choice == .last ? [4, 5, 6] : [1, 3, 6]))
  }
}

extension ParameterBuffer {
  fileprivate var numbers: [Float] { flat.indices.map { flat[$0] } }
}
