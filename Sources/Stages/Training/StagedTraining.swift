import Artifacts
import Datasets
import Diagnostics
import Layers
import Models
import Pipelines
import Tensors
import Training

/// A training as part of a pipeline: where it goes on from, what it tells, and what it leaves.
struct StagedTraining {
  let work: StageWork
  let from: StageInput
  let valid: StageInput?
  let options: TrainingOptions
  /// Seconds between checkpoints within an epoch.
  let checkpointInterval: Int
  let blas: OpenBLAS

  /// The rows to learn from.
  func rows() throws(Diagnostic) -> Dataset { try Dataset(SafetensorsFile(try work.map(from))) }

  /// The rows that decide which epoch is best, if there are any.
  func validRows() throws(Diagnostic) -> Dataset? {
    guard let valid else { return nil }
    return try Dataset(SafetensorsFile(try work.map(valid)))
  }

  /// How raw text became the ids of a column of the rows.
  func chain(column: String) throws(Diagnostic) -> TextChain {
    guard let lineage = work.lineage(of: from) else {
      preconditionFailure("\(from.source) has no lineage")
    }
    return try TextChain(gatheredFrom: lineage, column: column) {
      (digest) throws(Diagnostic) in try work.map(digest).contents
    }
  }

  /// Trains the model and stores it.
  ///
  /// - Parameter validate: the scores of weights by name; nil without rows to score on.
  func run<M: Model>(
    _ model: M, _ examples: Examples<M.Batch>, as artifact: ModelArtifact, unit: SpeedUnit,
    validate: Trainer<M>.Validation?
  ) throws(Diagnostic) -> StageOutcome {
    work.note("blas", .string("\(blas.kernels); \(blas.configuration)"))
    work.note("parameters", .integer(model.layout.parameterCount))
    var reporter = TrainingReporter(work, watch: options.monitor.score, unit: unit)
    let result = try Trainer(model, options, cores: work.cores, blas: blas).fit(
      examples, from: try earlierState(of: model.layout),
      checkpoints: Checkpoints(folder: work.folder, interval: .seconds(checkpointInterval)),
      validate: validate, shouldStop: { work.shouldStop }, observe: { reporter.observe($0) })
    guard case .finished(let state, let reason) = result else { return .stopped }
    let weights = state.finalWeights
    reporter.summarise(state.history, reason: reason, epochs: options.epochs)
    if !state.kept.isEmpty {
      reporter.tell(averaged: state.kept.map(\.epoch), scores: try validate?(weights) ?? [:])
    }
    try store(state, weights, artifact)
    return .finished
  }

  /// What a training with fewer epochs left, to go on from.
  private func earlierState(of layout: ParameterLayout) throws(Diagnostic) -> TrainingState? {
    guard let digest = work.earlier?.outputs[ArtifactType.checkpoint.name],
      try work.store.isIntact(digest)
    else { return nil }
    return try TrainingState(
      SafetensorsFile(try work.store.open(digest)), layout: layout, rule: options.rule)
  }

  private func store(
    _ state: TrainingState, _ weights: ParameterBuffer, _ artifact: ModelArtifact
  ) throws(Diagnostic) {
    var draft = try work.store.makeDraft()
    try artifact.write(weights, into: &draft)
    try work.commit(draft, to: Port(.model))
    try work.commit(state.history.json.pretty + "\n", to: Port(.history))
    var checkpoint = try work.store.makeDraft()
    try state.write(into: &checkpoint)
    try work.commit(checkpoint, to: Port(.checkpoint))
  }
}
