import Datasets
import Tensors

/// Everything that decides which weights a training gives, besides the model and the rows.
package struct TrainingOptions: Sendable {
  /// How many passes over the rows in all.
  package var epochs: Int
  package var rule: any UpdateRule
  package var schedule: Schedule
  /// The largest norm a gradient may have, longer ones being shortened to it; nil: no limit.
  package var clipNorm: Double?
  package var batchLimit: BatchLimit
  /// The most that is worked on at once; a larger batch is gone through in pieces; nil: no limit.
  package var microBatchLimit: BatchLimit?
  /// How many shuffled rows are sorted by length together; nil: all.
  package var pool: Int?
  /// Into how many shards a batch is cut; more cores than shards are of no use.
  package var shards: Int
  /// Of the products with weights, whose sums, and the weights themselves, are floats of 32 bits.
  package var precision: Precision
  /// Decides the starting weights, the order of rows, and what dropout drops.
  package var seed: UInt64
  package var monitor: Monitor
  /// Which epochs' weights are averaged in the end; nil: the best epoch's are the result.
  package var averaging: WeightAveraging?
  /// The parameters that do not learn at the schedule's own rate.
  package var rates: [ParameterRate]
  /// Rates by which a model learns some of its parameters only, or later; `rates` multiply them.
  package var strategy: [ParameterRate]
  /// The parameters that no decay shrinks.
  package var undecayed: [NamePattern]

  package init(
    epochs: Int, rule: any UpdateRule = Adam(), schedule: Schedule = Schedule(peak: 1e-3),
    clipNorm: Double? = nil, batchLimit: BatchLimit = BatchLimit(rows: 32),
    microBatchLimit: BatchLimit? = nil, pool: Int? = nil, shards: Int = 4,
    precision: Precision = .float32, seed: UInt64 = 0, monitor: Monitor = Monitor(),
    averaging: WeightAveraging? = nil, rates: [ParameterRate] = [],
    strategy: [ParameterRate] = [], undecayed: [NamePattern] = []
  ) {
    precondition(epochs >= 0 && shards > 0, "\(epochs) epochs of batches in \(shards) shards")
    self.epochs = epochs
    self.rule = rule
    self.schedule = schedule
    self.clipNorm = clipNorm
    self.batchLimit = batchLimit
    self.microBatchLimit = microBatchLimit
    self.pool = pool
    self.shards = shards
    self.precision = precision
    self.seed = seed
    self.monitor = monitor
    self.averaging = averaging
    self.rates = rates
    self.strategy = strategy
    self.undecayed = undecayed
  }

  /// The most tokens that a step works on at once in one column; nil where nothing limits them.
  ///
  /// - Parameter longest: the most tokens in a row, where that is known.
  package func mostTokensAtOnce(longestRow longest: Int?) -> Int? {
    [batchLimit, microBatchLimit].compactMap { $0?.mostTokens(longestRow: longest) }.min()
  }

  /// How many buffers of the model's size a training holds at the least: weights, their gradient as
  /// a whole and of each shard, what the optimiser keeps, and the epochs the result is made of.
  package var bufferCount: Int { 2 + shards + rule.moments.count + (averaging?.count ?? 1) }
}
