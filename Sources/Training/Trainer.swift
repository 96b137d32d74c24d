import Datasets
import Diagnostics
import Models
import Tensors

/// Trains a model: epochs of steps, scores after each epoch, the best epoch's weights kept.
///
/// What it gives is a function of the model, its options and the rows: not of the number of cores,
/// the clock, or how often it was stopped and resumed.
package struct Trainer<M: Model> {
  /// Scores by name of the weights after an epoch; `loss` is what schedules watch.
  package typealias Validation = (ParameterBuffer) throws(Diagnostic) -> [String: Double]

  package let model: M
  package let options: TrainingOptions
  package let cores: Int
  private let blas: OpenBLAS

  package init(_ model: M, _ options: TrainingOptions, cores: Int, blas: OpenBLAS) {
    self.model = model
    self.options = options
    self.cores = cores
    self.blas = blas
  }

  /// A training before its first step, its weights drawn as the model's layout says.
  ///
  /// - Returns: nil when it was stopped before all were drawn.
  package func start(unless shouldStop: () -> Bool = { false }) -> TrainingState? {
    let random = RandomSource(seed: options.seed).stream("weights")
    guard
      let weights = ParameterBuffer(model.layout, initializedFrom: random, unless: shouldStop)
    else { return nil }
    return TrainingState(weights: weights, rule: options.rule)
  }

  /// Trains until no epoch is left to do, or until it is asked to stop.
  ///
  /// - Parameters:
  ///   - state: where to begin: a finished training to be given more epochs, or nil. Its buffers
  ///     are trained in place.
  ///   - checkpoints: where to leave the state every now and then. A valid checkpoint found there
  ///     is gone on from in place of `state`.
  ///   - shouldStop: asked before each step; the state is saved before it stops.
  ///   - shouldStopDrawing: asked many times while the first weights are drawn; nothing is saved.
  package func fit(
    _ examples: Examples<M.Batch>, from state: consuming TrainingState? = nil,
    checkpoints: Checkpoints? = nil, validate: Validation? = nil,
    shouldStop: () -> Bool = { false }, shouldStopDrawing: () -> Bool = { false },
    observe: (TrainingEvent) -> Void = { _ in }
  ) throws(Diagnostic) -> FitResult {
    guard validate != nil || options.monitor.score == "loss" else {
      throw Diagnostic(.noSuchScore(options.monitor.score, among: []))
    }
    let first = firstState(
      checkpoint: usableCheckpoint(checkpoints, observe), given: state, unless: shouldStopDrawing)
    guard let state = first else { return .stopped(nil) }
    if state.epoch > 0 || state.batch > 0 {
      observe(.resumed(epoch: state.epoch + 1, batch: state.batch))
    }
    var run = try TrainingRun(
      model: model, options: options, cores: cores, blas: blas, examples: examples,
      state: state)
    var lastSave = ContinuousClock.now
    while true {
      if let reason = run.end { return .finished(run.state, reason: reason) }
      try run.beginEpoch()
      while run.hasBatchLeft {
        if shouldStop() {
          try checkpoints?.save(run.state)
          return .stopped(run.state)
        }
        observe(.step(try run.step()))
        if let checkpoints, ContinuousClock.now - lastSave >= checkpoints.interval {
          try checkpoints.save(run.state)
          lastSave = .now
        }
      }
      let pace = run.pace
      let scores = try validate?(run.state.weights) ?? [:]
      let isBest = try run.endEpoch(scores: scores)
      if let record = run.state.history.epochs.last {
        observe(.epoch(record, isBest: isBest, pace))
      }
      try checkpoints?.save(run.state)
      lastSave = .now
    }
  }

  /// The state to begin with: of a checkpoint, else the given one, else one with drawn weights.
  private func firstState(
    checkpoint: consuming TrainingState?, given: consuming TrainingState?,
    unless shouldStop: () -> Bool
  ) -> TrainingState? {
    if let checkpoint { return checkpoint }
    if let given { return given }
    return start(unless: shouldStop)
  }

  /// The checkpoint that was left, unless there is none or it has steps beyond the last epoch.
  ///
  /// A training that was to have more epochs may have left one that does.
  private func usableCheckpoint(
    _ checkpoints: Checkpoints?, _ observe: (TrainingEvent) -> Void
  ) -> TrainingState? {
    guard let checkpoints,
      let found = checkpoints.latest(for: model.layout, options.rule, observe: observe),
      found.isWithin(epochs: options.epochs)
    else { return nil }
    return found
  }
}
