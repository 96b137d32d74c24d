import Datasets
import Diagnostics
import Fixtures
import Layers
import Models
import Tensors
import Testing
import Training

struct TrainerTests {
  private static let model = MeanClassifier(
    vocabularySize: Sample.vocabularySize, classCount: Sample.classCount, dropProbability: 0.2)

  @Test(.timeLimit(.minutes(120)))
  func `an LSTM learns ten rows by heart`() throws {
    var configuration = LSTMClassifier.Configuration(
      vocabularySize: Sample.vocabularySize, classCount: Sample.classCount)
    configuration.embeddingWidth = 8
    configuration.hiddenWidth = 8
    let trainer = Trainer(
      LSTMClassifier(configuration),
      TrainingOptions(
        epochs: 60, schedule: Schedule(peak: 0.02), clipNorm: 1, batchLimit: BatchLimit(rows: 5)),
      cores: 2, blas: .opened)
    let state = try trainer.fit(Sample(rows: 10).examples).endState()
    let losses = state.history.epochs.map(\.loss)
    #expect(losses[0] > 0.9)
    #expect(losses[59] < 0.1)
  }

  @Test(arguments: Precision.allCases)
  func `one core, two and three give the same weights`(precision: Precision) throws {
    let examples = Sample(rows: 101).examples
    func weights(cores: Int) throws -> [UInt32] {
      let options = TrainingOptions(
        epochs: 3, batchLimit: BatchLimit(tokens: 90), pool: 40, precision: precision)
      return try Trainer(Self.model, options, cores: cores, blas: .opened).fit(examples).endState()
        .weights.bits
    }
    let one = try weights(cores: 1)
    #expect(try weights(cores: 2) == one && weights(cores: 3) == one)
  }

  @Test func `ten epochs extended to twenty are twenty epochs`() throws {
    let examples = Sample(rows: 60).examples
    let validation = Sample(rows: 30, seed: 2).examples
    let evaluator = Evaluator(Self.model, cores: 1, blas: .opened)
    let schedule = Schedule(peak: 0.05, shape: .plateau(factor: 0.5, patience: 0, threshold: 0.05))
    func fit(_ epochs: Int, from state: consuming TrainingState? = nil) throws -> TrainingState {
      let options = TrainingOptions(
        epochs: epochs, rule: NAG(momentum: 0.9), schedule: schedule, clipNorm: 0.5)
      return try Trainer(Self.model, options, cores: 2, blas: .opened).fit(
        examples, from: state,
        validate: { weights throws(Diagnostic) in
          let fixed = Self.model.inferenceWeights(weights, blas: .opened)
          return ["loss": try evaluator.evaluate(validation, with: fixed).mean]
        }
      ).endState()
    }
    let whole = try fit(20)
    let extended = try fit(20, from: fit(10))
    #expect(extended.weights.bits == whole.weights.bits)
    #expect(extended.finalWeights.bits == whole.finalWeights.bits)
    #expect(extended.history == whole.history)
    #expect(whole.history.epochs[19].rate < 0.05)
  }

  @Test func `training stops when no epoch was better for as long as the monitor waits`() throws {
    let scores = [0.5, 0.7, 0.6, 0.7, 0.65, 0.9]
    var epoch = 0
    var weightsAfter: [[UInt32]] = []
    let options = TrainingOptions(epochs: 6, monitor: Monitor(score: "macro-f1", patience: 3))
    let result = try Trainer(Self.model, options, cores: 1, blas: .opened).fit(
      Sample(rows: 20).examples,
      validate: { weights in
        weightsAfter.append(weights.bits)
        defer { epoch += 1 }
        return ["macro-f1": scores[epoch], "loss": 1]
      })
    guard case .finished(let state, let reason) = result else {
      Issue.record("the training was stopped")
      return
    }
    #expect(reason == .patience)
    #expect(state.history.epochs.count == 5)
    #expect(state.finalWeights.bits == weightsAfter[1])
  }

  @Test func `a best epoch that no score decides is refused with the scores there are`() {
    let options = TrainingOptions(epochs: 2, monitor: Monitor(score: "macro-f2"))
    do throws(Diagnostic) {
      _ = try Trainer(Self.model, options, cores: 1, blas: .opened).fit(
        Sample(rows: 20).examples, validate: { _ in ["macro-f1": 1, "loss": 1] })
      Issue.record("it went on")
    } catch {
      #expect(error.message.problem.contains("it gives loss, macro-f1; did you mean 'macro-f1'?"))
    }
  }

  @Test func `a score that decides needs a validation, and that is said before the first step`() {
    let options = TrainingOptions(epochs: 2, monitor: Monitor(score: "accuracy"))
    var events = 0
    #expect(throws: Diagnostic.self) {
      _ = try Trainer(Self.model, options, cores: 1, blas: .opened).fit(
        Sample(rows: 20).examples, observe: { _ in events += 1 })
    }
    #expect(events == 0)
  }

  @Test func `a learning rate at its minimum ends the training`() throws {
    let schedule = Schedule(peak: 1, shape: .step(epochs: 1, factor: 0.1), minimum: 0.05)
    let options = TrainingOptions(epochs: 50, rule: SGD(), schedule: schedule)
    let result = try Trainer(Self.model, options, cores: 1, blas: .opened).fit(
      Sample(rows: 20).examples)
    guard case .finished(let state, .rate) = result else {
      Issue.record("it ended for another reason")
      return
    }
    #expect(state.history.epochs.map(\.epoch) == [1, 2])
  }

  @Test func `a loss that is not a number stops with the epoch and the rows`() throws {
    let options = TrainingOptions(
      epochs: 50, rule: SGD(), schedule: Schedule(peak: 1e38), batchLimit: BatchLimit(rows: 3))
    do throws(Diagnostic) {
      _ = try Trainer(Self.model, options, cores: 1, blas: .opened).fit(Sample(rows: 7).examples)
      Issue.record("it went on")
    } catch {
      #expect(error.message.problem.contains("not a finite number in epoch 1, batch "))
      #expect(error.message.problem.contains("rows "))
    }
  }

  @Test func `no rows to train on is said`() {
    #expect(throws: Diagnostic.self) {
      _ = try Trainer(Self.model, TrainingOptions(epochs: 1), cores: 1, blas: .opened).fit(
        Sample(rows: 0).examples)
    }
  }

  @Test func `whoever watches hears of each step and each epoch`() throws {
    var steps: [TrainingProgress] = []
    var best: [Bool] = []
    let options = TrainingOptions(epochs: 2, batchLimit: BatchLimit(rows: 8))
    _ = try Trainer(Self.model, options, cores: 1, blas: .opened).fit(
      Sample(rows: 20).examples,
      observe: { event in
        switch event {
        case .step(let progress): steps.append(progress)
        case .epoch(_, let isBest, _): best.append(isBest)
        case .resumed, .notice: Issue.record("nothing was resumed")
        }
      })
    #expect(steps.map(\.batch) == [1, 2, 3, 1, 2, 3])
    #expect(steps.map(\.step) == Array(1...6))
    #expect(steps.last?.fraction == 1)
    #expect(steps.last?.secondsLeft == 0)
    #expect(best.count == 2 && best[0])
  }

  @Test func `class weights count in the loss and in the gradient`() throws {
    var weighted = Self.model
    weighted.classWeights = [1, 0, 0]
    let options = TrainingOptions(epochs: 30, schedule: Schedule(peak: 0.1))
    let sample = Sample(rows: 40)
    let state = try Trainer(weighted, options, cores: 1, blas: .opened).fit(sample.examples)
      .endState()
    var predicted: Set<Int> = []
    let weights = weighted.inferenceWeights(state.weights, blas: .opened)
    try Evaluator(weighted, cores: 1, blas: .opened).evaluate(sample.examples, with: weights) {
      _, p in
      predicted.insert(p.indices.max { p[$0] < p[$1] } ?? 0)
    }
    #expect(predicted == [0])
  }
}
