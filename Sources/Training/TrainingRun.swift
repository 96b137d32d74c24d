import Datasets
import Diagnostics
import Layers
import Models
import Tensors

/// A training while it goes on: its state, and what only the running process needs.
struct TrainingRun<M: Model>: ~Copyable {
  private let model: M
  private let options: TrainingOptions
  private let cores: Int
  private let examples: Examples<M.Batch>
  private let batcher: Batcher
  private let gradient: ShardedGradient
  /// What is learnt in one epoch or another.
  private let groups: ParameterGroups
  private let random: RandomSource
  private var batches: Batches?
  private var watch: Stopwatch
  private(set) var state: TrainingState

  init(
    model: M, options: TrainingOptions, cores: Int, blas: OpenBLAS, examples: Examples<M.Batch>,
    state: consuming TrainingState
  ) throws(Diagnostic) {
    self.model = model
    self.options = options
    self.cores = cores
    self.examples = examples
    self.state = state
    batcher = Batcher(lengths: examples.lengths, limit: options.batchLimit, pool: options.pool)
    groups = try ParameterGroups(
      options.rates, strategy: options.strategy, undecayed: options.undecayed, in: model.layout)
    gradient = ShardedGradient(
      of: model, shards: options.shards, groups: groups, precision: options.precision, blas: blas)
    random = RandomSource(seed: options.seed)
    watch = Stopwatch()
  }

  /// Why there is no further epoch; nil when there is one.
  var end: FitResult.EndReason? {
    if options.monitor.isOutOfPatience(state.history.epochs) { return .patience }
    if state.epoch >= options.epochs { return .epochs }
    let losses = state.history.watchedLosses
    let pace = state.epoch > 0 ? state.optimizer.steps / state.epoch : 0
    return options.schedule.isExhausted(at: moment(of: pace), losses: losses) ? .rate : nil
  }

  var hasBatchLeft: Bool { state.batch < batches?.count ?? 0 }

  /// How fast the steps of the epoch under way went.
  var pace: EpochPace { watch.pace }

  /// Orders the rows of the epoch under way, and chooses what is learnt in it.
  ///
  /// An epoch half done goes on in the order it began.
  mutating func beginEpoch() throws(Diagnostic) {
    var order = random.stream("order").stream(state.epoch)
    let batches = batcher.shuffled(using: &order)
    guard !batches.isEmpty else { throw Diagnostic(.noRows) }
    guard state.batch <= batches.count else {
      throw Diagnostic(.otherRows(batch: state.batch, of: batches.count))
    }
    self.batches = batches
    gradient.groups = groups.learning(
      inEpoch: state.epoch, after: state.history.epochs.map(\.steps))
    watch.startEpoch()
  }

  /// Takes one step along the gradient of the next batch.
  mutating func step() throws(Diagnostic) -> TrainingProgress {
    guard let batches, hasBatchLeft else { preconditionFailure("a step beyond the epoch's end") }
    let rows = batches[state.batch]
    let stream = random.stream("step").stream(state.epoch).stream(state.batch)
    let batch = try examples.batch(rows)
    let microBatches = options.microBatchLimit?.microBatchCount(
      rows: rows.count, longest: examples.longest(of: rows))
    let (loss, norm) = gradient.compute(
      model, batch, state.weights, microBatches: microBatches ?? 1, random: stream, cores: cores)
    guard loss.sum.isFinite, norm.isFinite else {
      throw Diagnostic(try notFinite(loss: loss, norm: norm, rows: rows))
    }
    let rate = options.schedule.rate(
      at: moment(of: batches.count), losses: state.history.watchedLosses)
    let scale = options.clipNorm.map { clipCoefficient(norm: norm, limit: $0) } ?? 1
    state.optimizer.step(
      state.weights, along: gradient.mean, rate: rate, gradientScale: scale,
      groups: gradient.groups, cores: cores)
    model.constrain(state.weights)
    let tokens = examples.tokenCount(of: rows)
    state.sums.add(loss: loss, norm: norm, rate: rate, rows: rows.count, tokens: tokens)
    state.batch += 1
    watch.count(rows: rows.count, tokens: tokens)
    return progress(norm: norm, batches: batches.count)
  }

  /// Closes the epoch with its scores; true when it is the best one so far.
  mutating func endEpoch(scores: [String: Double]) throws(Diagnostic) -> Bool {
    let sums = state.sums
    let record = EpochRecord(
      epoch: state.epoch + 1, loss: sums.loss.mean, scores: scores, rate: sums.rate,
      gradientNorm: sums.gradientNorm / Double(max(1, sums.steps)), steps: sums.steps,
      rows: sums.rows, tokens: sums.tokens)
    guard options.monitor.value(of: record) != nil else {
      throw Diagnostic(.noSuchScore(options.monitor.score, among: scores.keys.sorted()))
    }
    state.history.epochs.append(record)
    state.sums = EpochSums()
    state.batch = 0
    let isBest = options.monitor.best(in: state.history.epochs) == state.epoch - 1
    if let averaging = options.averaging {
      state.kept.keep(
        averaging.epochs(in: state.history.epochs, by: options.monitor), current: state.weights)
    } else if isBest {
      let best = state.best ?? ParameterBuffer(model.layout)
      best.flat.copy(from: state.weights.flat)
      state.best = best
    }
    return isBest
  }

  private func moment(of stepsPerEpoch: Int) -> Schedule.Moment {
    Schedule.Moment(
      step: state.optimizer.steps, epoch: state.epoch, stepsPerEpoch: stepsPerEpoch,
      totalEpochs: options.epochs)
  }

  private func progress(norm: Double, batches: Int) -> TrainingProgress {
    let left = Double(options.epochs - state.epoch) * Double(batches) - Double(state.batch)
    let speed = watch.speed(stepsLeft: left)
    return TrainingProgress(
      epoch: state.epoch + 1, epochs: options.epochs, batch: state.batch, batches: batches,
      step: state.optimizer.steps, loss: state.sums.loss.mean, gradientNorm: norm,
      rate: state.sums.rate, rowsPerSecond: speed.rows, tokensPerSecond: speed.tokens,
      secondsLeft: speed.secondsLeft)
  }

  private func notFinite(
    loss: Loss, norm: Double, rows: ArraySlice<Int32>
  ) throws(Diagnostic) -> Diagnostic.Message {
    var numbers: [Int64] = []
    for row in rows { numbers.append(try examples.number(Int(row))) }
    return .notFinite(
      loss.sum.isFinite ? "gradient" : "loss", epoch: state.epoch + 1, batch: state.batch + 1,
      rows: numbers.sorted())
  }
}

extension Diagnostic.Message {
  static let noRows = Self(
    "there are no rows to train on", remedy: "look at what the stages before have dropped")

  static func noSuchScore(_ score: String, among names: [String]) -> Self {
    let known =
      names.isEmpty ? "there is no validation" : "it gives \(names.joined(separator: ", "))"
    return Self(
      "no validation gives '\(score)', which is to decide the best epoch: \(known)"
        + Suggestion.ending(for: score, among: names),
      remedy: names.isEmpty ? "give the training a validation part" : "name one of these")
  }

  static func otherRows(batch: Int, of count: Int) -> Self {
    Self(
      "the training to go on from is at batch \(batch) of an epoch that has \(count)",
      remedy: "start anew: it was made from other rows or with other batches")
  }

  static func notFinite(_ what: String, epoch: Int, batch: Int, rows: [Int64]) -> Self {
    let shown = rows.prefix(20).map(String.init).joined(separator: ", ")
    let more = rows.count > 20 ? " and \(rows.count - 20) more" : ""
    return Self(
      "the \(what) is not a finite number in epoch \(epoch), batch \(batch), rows \(shown)\(more)",
      remedy: "lower the learning rate or the clipping norm, or look at these rows")
  }
}
