import Datasets
import Diagnostics
import Fixtures
import Foundation
import Layers
import Models
import Tensors
import Testing
import Training

struct CheckpointTests {
  private static let model = MeanClassifier(
    vocabularySize: Sample.vocabularySize, classCount: Sample.classCount, dropProbability: 0.3)
  private static let examples = Sample(rows: 50).examples
  private static let validation = Sample(rows: 20, seed: 2).examples
  private static let stepsPerEpoch = 7

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var options: TrainingOptions {
    TrainingOptions(
      epochs: 4,
      schedule: Schedule(
        peak: 0.05, shape: .plateau(factor: 0.3, patience: 0, threshold: 0.05), warmUp: .steps(3)),
      clipNorm: 0.2, batchLimit: BatchLimit(rows: 8), monitor: Monitor(score: "accuracy"))
  }

  private func fit(
    _ checkpoints: Checkpoints? = nil, on examples: Examples<ClassificationBatch>? = nil,
    cores: Int = 2, precision: Precision = .float32, shouldStop: () -> Bool = { false },
    shouldStopDrawing: () -> Bool = { false }, validating: @escaping () -> Void = {},
    observe: (TrainingEvent) -> Void = { _ in }
  ) throws -> FitResult {
    let evaluator = Evaluator(Self.model, cores: 1, blas: .opened)
    var options = options
    options.precision = precision
    return try Trainer(Self.model, options, cores: cores, blas: .opened).fit(
      examples ?? Self.examples, checkpoints: checkpoints,
      validate: { weights throws(Diagnostic) in
        validating()
        var peaks: Float = 0
        let loss = try evaluator.evaluate(
          Self.validation, with: Self.model.inferenceWeights(weights, blas: .opened)
        ) { _, probabilities in
          peaks += probabilities.indices.reduce(0) { max($0, probabilities[$1]) }
        }
        return ["loss": loss.mean, "accuracy": Double(peaks)]
      }, shouldStop: shouldStop, shouldStopDrawing: shouldStopDrawing, observe: observe)
  }

  /// Every byte of a finished training, as it would be stored.
  private func bytes(_ result: consuming FitResult) throws -> Data {
    try folder.bytes(of: result.endState())
  }

  @Test func `a training stopped while its weights are drawn leaves nothing`() throws {
    let checkpoints = try folder.checkpoints("drawing")
    let result = try fit(checkpoints, shouldStopDrawing: { true })
    guard case .stopped(nil) = result else {
      Issue.record("it was not stopped before its first weights")
      return
    }
    #expect(try bytes(fit(checkpoints)) == bytes(fit()))
  }

  @Test(arguments: [0, 1, 3, 7, 8, 13, 14, 20, 27])
  func `stopped before a step and resumed is never stopped`(_ step: Int) throws {
    let checkpoints = try folder.checkpoints("stopped")
    var asked = 0
    let stopped = try fit(
      checkpoints,
      shouldStop: {
        defer { asked += 1 }
        return asked == step
      })
    guard case .stopped(let state?) = stopped else {
      Issue.record("it was not stopped")
      return
    }
    #expect(state.epoch * Self.stepsPerEpoch + state.batch == step)
    var resumed: [Int] = []
    let result = try fit(
      checkpoints,
      observe: { if case .resumed(let epoch, let batch) = $0 { resumed = [epoch, batch] } })
    #expect(try bytes(result) == bytes(fit()))
    #expect(
      resumed == (step == 0 ? [] : [step / Self.stepsPerEpoch + 1, step % Self.stepsPerEpoch]))
  }

  @Test(arguments: [Duration.zero, .seconds(3600)], Precision.allCases)
  func `killed at any step and run again is never killed`(
    _ interval: Duration, _ precision: Precision
  ) throws {
    let whole = try bytes(fit(precision: precision))
    #expect(try precision == .float32 || whole != bytes(fit()))
    let checkpoints = try folder.checkpoints("killed", interval: interval)
    var step = 0
    // What is on the disk before a step or a validation is what a killed process leaves.
    func keep() {
      step += 1
      folder.keep(checkpoints, in: "left-\(step)")
    }
    _ = try fit(
      checkpoints, precision: precision,
      shouldStop: {
        keep()
        return false
      }, validating: keep)
    #expect(step == 4 * (Self.stepsPerEpoch + 1))
    for number in 1...step {
      let left = Checkpoints(folder: folder.path("left-\(number)"))
      #expect(
        try bytes(fit(left, cores: 1, precision: precision)) == whole,
        "killed at place \(number)")
    }
  }

  @Test func `rows of a file that is read in pieces train as rows in memory, stopped or not`()
    throws
  {
    let stored = try Sample(rows: 50).stored(at: folder.path("rows.safetensors"))
    #expect(try bytes(fit(on: stored)) == bytes(fit()))
    let checkpoints = try folder.checkpoints("pieces")
    var asked = 0
    let stopped = try fit(
      checkpoints, on: stored,
      shouldStop: {
        defer { asked += 1 }
        return asked == 10
      })
    guard case .stopped = stopped else {
      Issue.record("it was not stopped")
      return
    }
    #expect(try bytes(fit(checkpoints, on: stored, cores: 1)) == bytes(fit()))
  }

  @Test func `a finished training does not start again`() throws {
    let checkpoints = try folder.checkpoints("finished")
    let first = try bytes(fit(checkpoints))
    var steps = 0
    let again = try fit(checkpoints, observe: { if case .step = $0 { steps += 1 } })
    #expect(steps == 0)
    #expect(try bytes(again) == first)
  }

  @Test func `a checkpoint cut short or damaged anywhere is not used, and that is said`() throws {
    let checkpoints = try folder.checkpoints("damaged", interval: .seconds(3600))
    _ = try fit(checkpoints)
    let intact = Array(try Data(contentsOf: URL(filePath: checkpoints.path)))
    #expect(checkpoints.hasState(for: Self.model.layout, Adam()))
    func notices(_ bytes: [UInt8]) throws -> [String] {
      try folder.write("damaged/checkpoint.safetensors", bytes: bytes)
      var notices: [String] = []
      let isUsed = checkpoints.hasState(for: Self.model.layout, Adam()) {
        if case .notice(let text) = $0 { notices.append(text) }
      }
      #expect(!isUsed)
      return notices
    }
    for count in [0, 7, 8, 100, intact.count / 2, intact.count - 1] {
      #expect(try notices(Array(intact[..<count])).count == 1, "cut to \(count) bytes")
    }
    for place in stride(from: 3, to: intact.count, by: 97) {
      var bytes = intact
      bytes[place] ^= 4
      #expect(try notices(bytes).count == 1, "byte \(place) changed")
    }
  }

  @Test func `what a killed writer left is removed`() throws {
    let checkpoints = try folder.checkpoints("half")
    _ = try fit(checkpoints)
    try folder.write("half/checkpoint.safetensors.4711.new", "half a file")
    #expect(checkpoints.hasState(for: Self.model.layout, Adam()))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("half"))
    #expect(names == ["checkpoint.safetensors"])
  }

  @Test func `a checkpoint of another model is not used`() throws {
    let checkpoints = try folder.checkpoints("other")
    _ = try fit(checkpoints)
    let other = MeanClassifier(vocabularySize: 9, classCount: 3)
    var notices: [String] = []
    let isUsed = checkpoints.hasState(for: other.layout, Adam()) {
      if case .notice(let text) = $0 { notices.append(text) }
    }
    #expect(!isUsed)
    #expect(notices.count == 1 && notices[0].contains("shape"))
  }

  @Test func `a run that finds a damaged checkpoint starts anew`() throws {
    let checkpoints = try folder.checkpoints("anew")
    try folder.write("anew/checkpoint.safetensors", "not tensors")
    #expect(try bytes(fit(checkpoints)) == bytes(fit()))
  }

  @Test func `history survives JSON, scores that are no numbers included`() throws {
    let history = try fit().endState().history
    #expect(History(json: history.json) == history)
    let odd = EpochRecord(
      epoch: 1, loss: 0.1, scores: ["f1": .nan], rate: 1, gradientNorm: 1, steps: 1, rows: 1,
      tokens: 1)
    let read = History(json: History(epochs: [odd]).json)?.epochs.first
    #expect(read?.scores["f1"]?.isNaN == true)
  }
}
