import Datasets
import Diagnostics
import Pipelines
import Tensors
import Training

extension TrainingOptions {
  private static let rowRange = 1...1_000_000
  private static let tokenRange = 1...100_000_000

  private enum AveragingName: String, CaseIterable {
    case none, last, best
  }

  /// Declares and reads the options that every model's training has.
  init(from options: inout StageOptions, defaults: TrainingDefaults) {
    let (optimizer, rule, undecayed) = OptimizerName.rule(from: &options, defaults)
    let schedule = Schedule(from: &options, defaults, optimizer)
    let epochs = options.extent(
      "epochs", default: defaults.epochs, in: 1...100_000, isPrefixed: !schedule.dependsOnTotal,
      "passes over the training rows; more of them go on from what is there")
    let clip = options.number(
      "clip-norm", default: defaults.clipNorm, in: .atLeast(0),
      "the largest gradient norm; 0 for no limit")
    let (limit, pool) = Self.batches(from: &options, defaults)
    let microBatchLimit = Self.microBatchLimit(from: &options)
    let shards = options.integer(
      "shards", default: 4, in: 1...1024,
      "pieces a batch is cut into, for as many cores; the result depends on it, never on the cores")
    let precision = Precision(from: &options)
    self.init(
      epochs: epochs, rule: rule, schedule: schedule, clipNorm: clip > 0 ? clip : nil,
      batchLimit: limit, microBatchLimit: microBatchLimit, pool: pool, shards: shards,
      precision: precision, seed: options.seed(),
      monitor: Self.monitor(from: &options, defaults), averaging: Self.averaging(from: &options),
      undecayed: undecayed)
  }

  private static func batches(
    from options: inout StageOptions, _ defaults: TrainingDefaults
  ) -> (limit: BatchLimit, pool: Int?) {
    let (rowMeaning, tokenMeaning) = ("rows in a batch", "most tokens in a batch, padding included")
    let pool: Int?
    let poolMeaning =
      "how many batches' rows are sorted by length together, so that little is padding; a batch"
      + " of max-tokens alone counts as 64 rows"
    if let standard = defaults.pool {
      pool = options.integer("pool", default: standard, in: 1...1_000_000, poolMeaning)
    } else {
      pool = options.optionalInteger("pool", in: 1...1_000_000, unset: "all rows", poolMeaning)
    }
    switch defaults.batch {
    case .rows(let standard):
      let rows = options.integer("batch-size", default: standard, in: rowRange, rowMeaning)
      let tokens = options.optionalInteger(
        "max-tokens", in: tokenRange, unset: "none",
        "\(tokenMeaning); batch-size still holds when it is given")
      guard let tokens else { return (BatchLimit(rows: rows), pool.map { $0 * rows }) }
      let limitsRows = options.isGiven("batch-size")
      return (
        BatchLimit(tokens: tokens, rows: limitsRows ? rows : nil),
        pool.map { $0 * (limitsRows ? rows : 64) }
      )
    case .tokens(let standard):
      let tokens = options.integer("max-tokens", default: standard, in: tokenRange, tokenMeaning)
      let rows = options.optionalInteger(
        "batch-size", in: rowRange, unset: "as many as max-tokens lets in", rowMeaning)
      return (BatchLimit(tokens: tokens, rows: rows), pool.map { $0 * (rows ?? 64) })
    }
  }

  /// The limit of what is worked on at once; nil where a batch is gone through as a whole.
  private static func microBatchLimit(from options: inout StageOptions) -> BatchLimit? {
    let (rows, tokens) = options.added { options in
      (
        options.optionalInteger(
          "micro-batch-size", in: rowRange, unset: "the whole batch",
          "rows that are worked on at once: a larger batch goes through in pieces, whose gradients"
            + " are added up (accumulation), and takes as much less memory"),
        options.optionalInteger(
          "micro-batch-tokens", in: tokenRange, unset: "the whole batch",
          "tokens that are worked on at once, about, padding included")
      )
    }
    guard let tokens else { return rows.map { BatchLimit(rows: $0) } }
    return BatchLimit(tokens: tokens, rows: rows)
  }

  private static func monitor(
    from options: inout StageOptions, _ defaults: TrainingDefaults
  ) -> Monitor {
    let names = defaults.scores
    let watch = options.text(
      "watch", default: names[0], expecting: names.joined(separator: " | "),
      "the validation score that decides which epoch is best")
    if !names.contains(watch) { options.reject("watch", .unknownScore(watch, among: names)) }
    let patience = options.optionalInteger(
      "patience", in: 1...100_000, unset: "never", "epochs without a better score before it stops")
    let change = options.number(
      "minimum-change", default: 0, in: .atLeast(0), "how much better is better")
    return Monitor(score: watch, patience: patience, minimumChange: change)
  }

  private static func averaging(from options: inout StageOptions) -> WeightAveraging? {
    let name = options.choice(
      "average", default: AveragingName.none,
      "the epochs whose weights are averaged in the end, the last or the best; none: the best epoch's"
    )
    let count = options.under(OptionCondition("average", name, isOneOf: [.last, .best])) {
      $0.integer(
        "average-epochs", default: 5, in: 1...100,
        "for average: how many epochs; the weights of as many are held")
    }
    return switch name {
    case .none: nil
    case .last: WeightAveraging(.last, of: count)
    case .best: WeightAveraging(.best, of: count)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func unknownScore(_ name: String, among names: [String]) -> Self {
    Self(
      "this model has no score '\(name)'\(Suggestion.ending(for: name, among: names))",
      remedy: "use one of \(names.joined(separator: ", "))")
  }
}
