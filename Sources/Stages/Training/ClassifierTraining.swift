import Artifacts
import Datasets
import Diagnostics
import Models
import Pipelines
import Tensors
import Training

/// Trains an LSTM classifier and stores it.
struct ClassifierTraining: Sendable {
  private enum ClassWeights: String, CaseIterable {
    case none, balanced
  }

  private let model: LSTMClassifierOptions
  private let training: TrainingOptions
  private let classWeights: ClassWeights

  init(from options: inout StageOptions) {
    model = LSTMClassifierOptions(from: &options)
    training = TrainingOptions(from: &options)
    classWeights = options.choice(
      "class-weights", default: .none,
      "balanced lets a row of a rare class count for more: rows / (classes × rows of its class)")
    let watch = training.monitor.score
    if !ClassificationTally.scoreNames.contains(watch) {
      options.reject("watch", .unknownScore(watch, among: ClassificationTally.scoreNames))
    }
  }

  func run(
    _ work: StageWork, from input: StageInput, valid: StageInput?, checkpointInterval: Int
  ) throws(Diagnostic) -> StageOutcome {
    let blas = try OpenBLAS.load()
    work.note("blas", .string("\(blas.kernels); \(blas.configuration)"))
    let rows = try Dataset(SafetensorsFile(try work.map(input)))
    guard !rows.classNames.isEmpty else { throw Diagnostic(.noLabels("\(input.source)")) }
    let validRows = try valid.map { (input) throws(Diagnostic) in
      try Dataset(SafetensorsFile(try work.map(input)))
    }
    let column = rows.columns[0]
    var configuration = model.configuration(
      vocabularySize: column.vocabularySize, classCount: rows.classNames.count)
    configuration.padding = Int(column.padding)
    let classifier = LSTMClassifier(configuration, classWeights: weights(of: rows))
    let chain = try chain(to: input, column: column.name, in: work)
    let trainer = Trainer(classifier, training, cores: work.cores)
    var reporter = TrainingReporter(work, watch: training.monitor.score)
    let validation: Trainer<LSTMClassifier>.Validation = { (weights) throws(Diagnostic) in
      guard let validRows else { return [:] }
      return try ClassificationTally(classifier, weights, on: validRows, cores: work.cores).scores
    }
    let checkpoints = Checkpoints(folder: work.folder, interval: .seconds(checkpointInterval))
    let result = try trainer.fit(
      rows.classification(), from: try earlierState(work, classifier.layout),
      checkpoints: checkpoints, validate: validation, shouldStop: { work.shouldStop },
      observe: { reporter.observe($0) })
    guard case .finished(let state, let reason) = result else { return .stopped }
    reporter.summarise(state.history, reason: reason, epochs: training.epochs)
    work.note("parameters", .integer(classifier.layout.parameterCount))
    let artifact = ModelArtifact(
      architecture: configuration.json,
      texts: .classification(source: chain, classNames: rows.classNames))
    try store(state, artifact, in: work)
    return .finished
  }

  /// What a training with fewer epochs left, to go on from.
  private func earlierState(
    _ work: StageWork, _ layout: ParameterLayout
  ) throws(Diagnostic) -> TrainingState? {
    guard let digest = work.earlier?.outputs[ArtifactType.checkpoint.name],
      work.store.isIntact(digest)
    else { return nil }
    return try TrainingState(
      SafetensorsFile(try work.store.open(digest)), layout: layout, rule: training.rule)
  }

  /// How raw text became the ids of a dataset's column.
  private func chain(
    to input: StageInput, column: String, in work: StageWork
  ) throws(Diagnostic) -> TextChain {
    guard let lineage = work.lineage(of: input) else {
      preconditionFailure("\(input.source) has no lineage")
    }
    return try TextChain(gatheredFrom: lineage, column: column) {
      (digest) throws(Diagnostic) in try work.map(digest).contents
    }
  }

  private func store(
    _ state: TrainingState, _ artifact: ModelArtifact, in work: StageWork
  ) throws(Diagnostic) {
    var draft = try work.store.makeDraft()
    try artifact.write(state.bestWeights, into: &draft)
    try work.commit(draft, to: Port(.model))
    try work.commit(state.history.json.pretty + "\n", to: Port(.history))
    var checkpoint = try work.store.makeDraft()
    try state.write(into: &checkpoint)
    try work.commit(checkpoint, to: Port(.checkpoint))
  }

  /// How much a row of each class counts; empty when all count the same.
  private func weights(of rows: Dataset) -> [Float] {
    guard classWeights == .balanced else { return [] }
    var counts = [Int](repeating: 0, count: rows.classNames.count)
    for label in rows.labels { counts[Int(label)] += 1 }
    return counts.map { count in
      count == 0 ? 0 : Float(rows.count) / Float(counts.count * count)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func noLabels(_ dataset: String) -> Self {
    Self("'\(dataset)' has no labels to learn", remedy: "give load a label column")
  }

  fileprivate static func unknownScore(_ name: String, among names: [String]) -> Self {
    Self(
      "a classifier has no score '\(name)'\(Suggestion.ending(for: name, among: names))",
      remedy: "use one of \(names.joined(separator: ", "))")
  }
}
