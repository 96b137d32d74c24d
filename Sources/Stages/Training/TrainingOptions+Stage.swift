import Datasets
import Diagnostics
import Pipelines
import Training

extension TrainingOptions {
  private enum Optimizer: String, CaseIterable {
    case adam, adamw, sgd, nag
  }

  private enum ScheduleName: String, CaseIterable {
    case constant, linear, cosine, plateau, step, anneal
    case inverseSquareRoot = "inverse-square-root"
  }

  /// Declares and reads the options that every model's training has.
  init(from options: inout StageOptions) {
    let rule = Self.rule(from: &options)
    let schedule = Self.schedule(from: &options)
    let epochs = options.extent(
      "epochs", default: 10, in: 1...100_000, isPrefixed: !schedule.dependsOnTotal,
      "passes over the training rows; more of them go on from what is there")
    let clip = options.number(
      "clip-norm", default: 1, in: .atLeast(0), "the largest gradient norm; 0 for no limit")
    let rows = options.integer("batch-size", default: 32, in: 1...1_000_000, "rows in a batch")
    let tokens = options.optionalInteger(
      "max-tokens", in: 1...100_000_000, unset: "none",
      "most tokens in a batch, padding included; batch-size still holds when it is given")
    let limitsRows = tokens == nil || options.isGiven("batch-size")
    let pool = options.integer(
      "pool", default: 100, in: 1...1_000_000,
      "how many batches' rows are sorted by length together, so that little is padding")
    let shards = options.integer(
      "shards", default: 4, in: 1...1024,
      "pieces a batch is cut into, for as many cores; the result depends on it, never on the cores")
    let watch = options.text(
      "watch", default: "loss", expecting: "a validation score",
      "the score that decides which epoch is best: loss, accuracy, macro-f1, …")
    let patience = options.optionalInteger(
      "patience", in: 1...100_000, unset: "never", "epochs without a better score before it stops")
    let change = options.number(
      "minimum-change", default: 0, in: .atLeast(0), "how much better is better")
    let limit =
      if let tokens {
        BatchLimit(tokens: tokens, rows: limitsRows ? rows : nil)
      } else {
        BatchLimit(rows: rows)
      }
    self.init(
      epochs: epochs, rule: rule, schedule: schedule, clipNorm: clip > 0 ? clip : nil,
      batchLimit: limit, pool: pool * (limitsRows ? rows : 64), shards: shards,
      seed: options.seed(),
      monitor: Monitor(score: watch, patience: patience, minimumChange: change))
  }

  private static func rule(from options: inout StageOptions) -> any UpdateRule {
    let name = options.choice("optimizer", default: Optimizer.adam, "how weights follow gradients")
    let momentum = options.number(
      "momentum", default: 0.9, in: .from(0, below: 1), "for sgd and nag; fairseq's nag has 0.99")
    let beta1 = options.number(
      "beta1", default: 0.9, in: .from(0, below: 1), "for adam: decay of the mean")
    let beta2 = options.number(
      "beta2", default: 0.999, in: .from(0, below: 1), "for adam: decay of the variance")
    let epsilon = options.number(
      "epsilon", default: 1e-8, in: .positive, "for adam: keeps the divisor from 0")
    let decay = options.number(
      "weight-decay", default: 0, in: .atLeast(0), "how strongly weights are drawn to 0")
    return switch name {
    case .sgd: SGD(momentum: momentum, weightDecay: decay)
    case .nag: NAG(momentum: momentum, weightDecay: decay)
    case .adam, .adamw:
      Adam(
        beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: decay,
        decouplesDecay: name == .adamw)
    }
  }

  private static func schedule(from options: inout StageOptions) -> Schedule {
    let rate = options.number(
      "learning-rate", default: 1e-3, in: .positive, "the step size, at its peak")
    let name = options.choice("schedule", default: ScheduleName.constant, "how it moves")
    let warmup = options.integer(
      "warmup-steps", default: 0, in: 0...1_000_000_000, "steps of a linear rise to the peak")
    let factor = options.number(
      "factor", default: 0.1, in: .from(0, through: 1), "for plateau, step and anneal: each fall")
    let every = options.integer(
      "step-epochs", default: 1, in: 1...100_000, "for step: epochs between falls")
    let after = options.integer(
      "anneal-after", default: 1, in: 1...100_000, "for anneal: epochs at the peak")
    let patience = options.integer(
      "plateau-patience", default: 0, in: 0...100_000,
      "for plateau: epochs without a lower loss that are let pass")
    let threshold = options.number(
      "plateau-threshold", default: 1e-4, in: .atLeast(0), "for plateau: how much lower is lower")
    let minimum = options.number(
      "minimum-learning-rate", default: 0, in: .atLeast(0),
      "training ends when the rate falls to it")
    let shape: Schedule.Shape =
      switch name {
      case .constant: .constant
      case .linear: .linear
      case .cosine: .cosine
      case .inverseSquareRoot: .inverseSquareRoot
      case .step: .step(epochs: every, factor: factor)
      case .anneal: .anneal(after: after, factor: factor)
      case .plateau: .plateau(factor: factor, patience: patience, threshold: threshold)
      }
    return Schedule(
      peak: rate, shape: shape, warmupSteps: warmup, minimum: minimum > 0 ? minimum : nil)
  }
}
