import Artifacts
import Chains
import Datasets
import Diagnostics
import Formats
import Glibc
import Models
import Pipelines
import Tensors
import Training

/// A training in batches, with the options that a definition gives, and its outputs.
package struct BatchTraining: Sendable {
  /// Changes weights that were drawn, with numbers of the training's seed; false when it was stopped.
  package typealias Change = (ParameterBuffer, RandomSource) throws(Diagnostic) -> Bool

  /// The outputs of such a training.
  static let outputs = [Port(.model), Port(.history), Port(.checkpoint)]

  let options: TrainingOptions
  private let start: StartingWeights?
  /// The time between checkpoints within an epoch.
  private let checkpointSeconds: Int

  /// Declares and reads the options of every training in batches.
  ///
  /// - Parameters:
  ///   - strategy: rates that the model itself gives some of its parameters.
  ///   - layout: parameters of the names that the model will have, whatever their shapes.
  init(
    from options: inout StageOptions, defaults: TrainingDefaults, strategy: [ParameterRate] = [],
    naming layout: () -> ParameterLayout
  ) {
    checkpointSeconds = options.integer(
      "checkpoint-seconds", default: 30, in: 0...86_400, isKeyed: false,
      "time between checkpoints within an epoch")
    var training = TrainingOptions(from: &options, defaults: defaults)
    if !options.isGiven("valid"), training.monitor.score != "loss" {
      options.reject("watch", .nothingToWatch(training.monitor.score))
    }
    start = StartingWeights(from: &options)
    training.strategy = strategy
    training.rates = ParameterRate.rates(from: &options, besides: strategy, in: layout)
    training.checkUndecayed(in: layout, of: &options)
    self.options = training
  }

  /// Trains the model and stores it.
  ///
  /// - Parameters:
  ///   - answerCount: among how many classes or words it chooses.
  ///   - isSmoothed: whether label smoothing is part of the loss.
  ///   - change: what drawn weights are changed by before the first step.
  ///   - validate: the scores of weights by name; nil without rows to score on.
  func run<M: Model>(
    _ model: M, _ examples: Examples<M.Batch>, as artifact: ModelArtifact,
    in staged: StagedTraining, unit: SpeedUnit, answerCount: Int, isSmoothed: Bool = false,
    blas: OpenBLAS, changing change: Change? = nil, validate: Trainer<M>.Validation?
  ) throws(Diagnostic) -> StageOutcome {
    let work = staged.work
    try MemoryDemand(training: model.layout, options).check()
    if let shortage = shortage(training: model, on: examples, cores: work.cores) {
      work.warn(shortage, isLasting: false)
    }
    work.note("blas", .string("\(blas.kernels); \(blas.configuration)"))
    work.warnOfSlowProducts(in: options.precision)
    work.note("parameters", .integer(model.layout.parameterCount))
    var reporter = TrainingReporter(
      work, watch: options.monitor.score, unit: unit, isSmoothed: isSmoothed)
    let trainer = Trainer(model, options, cores: work.cores, blas: blas)
    let result = try trainer.fit(
      examples, from: try firstState(for: trainer, artifact, changing: change, in: work),
      checkpoints: Checkpoints(folder: work.folder, interval: .seconds(checkpointSeconds)),
      validate: validate, shouldStop: { work.shouldStop },
      shouldStopDrawing: { work.shouldStop }, observe: { reporter.observe($0) })
    guard case .finished(let state, let reason) = result else { return .stopped }
    let weights = state.finalWeights
    reporter.summarise(
      state.history, reason: reason, epochs: options.epochs, chance: log(Double(answerCount)))
    if !state.kept.isEmpty {
      reporter.tell(averaged: state.kept.map(\.epoch), scores: try validate?(weights) ?? [:])
    }
    try staged.commit(artifact, weights)
    try commit(state, in: work)
    return .finished
  }

  /// The warning when a batch of the longest rows may need more memory than there is.
  private func shortage<M: Model>(
    training model: M, on examples: Examples<M.Batch>, cores: Int
  ) -> Diagnostic.Message? {
    let longest = examples.lengths.compactMap { $0.max() }.max().map(Int.init)
    return options.mostTokensAtOnce(longestRow: longest).flatMap { tokens in
      let all = examples.lengths.reduce(0) { most, lengths in
        max(most, lengths.reduce(0) { $0 + Int($1) })
      }
      return MemoryDemand(
        training: model, options, tokens: min(tokens, all), cores: cores
      ).shortage()
    }
  }

  /// The state to begin with: of fewer epochs, with given weights, or with drawn ones that were
  /// changed; nil: with drawn ones.
  private func firstState<M: Model>(
    for trainer: Trainer<M>, _ artifact: ModelArtifact, changing change: Change?, in work: StageWork
  ) throws(Diagnostic) -> TrainingState? {
    let layout = trainer.model.layout
    if let earlier = try earlierState(of: layout, in: work) { return earlier }
    if let start {
      return TrainingState(
        weights: try start.read(layout, of: artifact, in: work), rule: options.rule)
    }
    guard let change, let drawn = trainer.start(unless: { work.shouldStop }),
      try change(drawn.weights, RandomSource(seed: options.seed))
    else { return nil }
    return drawn
  }

  /// The state that a training with fewer epochs stored, to go on from.
  private func earlierState(
    of layout: ParameterLayout, in work: StageWork
  ) throws(Diagnostic) -> TrainingState? {
    guard let digest = work.earlier?.outputs[ArtifactType.checkpoint.name],
      try work.store.isIntact(digest)
    else { return nil }
    return try TrainingState.read(
      SafetensorsFile(try work.store.open(digest)), layout: layout, rule: options.rule)
  }

  private func commit(_ state: borrowing TrainingState, in work: StageWork) throws(Diagnostic) {
    try work.commit(state.history.json.pretty + "\n", to: Port(.history))
    var checkpoint = try work.store.makeDraft()
    try state.write(into: &checkpoint)
    try work.commit(checkpoint, to: Port(.checkpoint))
  }
}

extension Diagnostic.Message {
  fileprivate static func nothingToWatch(_ score: String) -> Self {
    Self(
      "there are no rows to compute '\(score)' on, which is to decide the best epoch",
      remedy: "add valid = \"…\", the output of a binarize stage")
  }
}
