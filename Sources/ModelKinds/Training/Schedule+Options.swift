import Pipelines
import Training

extension Schedule {
  /// Declares and reads the options of the learning rate.
  init(
    from options: inout StageOptions, _ defaults: TrainingDefaults, _ optimizer: OptimizerName
  ) {
    let rate = options.number(
      "learning-rate", default: optimizer == .adadelta ? 1 : defaults.learningRate,
      in: .positive, usedIn: .single,
      "the step size, at its peak; adadelta, which finds its own, has 1 unless given")
    let name = options.choice("schedule", default: defaults.schedule, "how it moves")
    let warmup = options.integer(
      "warmup-steps", default: 0, in: 0...1_000_000_000, "steps of a linear rise to the peak")
    let share = options.added { options in
      options.under(
        OptionCondition(
          warmup == 0, obstacle: "warmup-steps = \(warmup)", remedy: "leave out warmup-steps")
      ) {
        $0.number(
          "warmup-share", default: defaults.warmupShare, in: .from(0, below: 1),
          "the rise to the peak as a share of all steps, for a training of known length")
      }
    }
    func isOneOf(_ fitting: ScheduleName...) -> OptionCondition {
      OptionCondition("schedule", name, isOneOf: fitting)
    }
    let factor = options.under(isOneOf(.plateau, .step, .anneal)) {
      $0.number(
        "factor", default: 0.1, in: .from(0, through: 1), "for plateau, step and anneal: each fall")
    }
    let every = options.under(isOneOf(.step)) {
      $0.integer("step-epochs", default: 1, in: 1...100_000, "for step: epochs between falls")
    }
    let after = options.under(isOneOf(.anneal)) {
      $0.integer(
        "anneal-after", default: 1, in: 1...100_000,
        "for anneal: epochs at the peak, then it falls every epoch; fairseq's --force-anneal")
    }
    let (patience, threshold) = options.under(isOneOf(.plateau)) { options in
      (
        options.integer(
          "plateau-patience", default: 0, in: 0...100_000,
          "for plateau: epochs without a lower loss that are let pass"),
        options.number(
          "plateau-threshold", default: 1e-4, in: .atLeast(0),
          "for plateau: how much lower is lower")
      )
    }
    let falling = isOneOf(.constant, .inverseSquareRoot, .step, .anneal, .plateau)
    let minimum = options.under(falling) {
      $0.number(
        "minimum-learning-rate", default: defaults.minimumLearningRate, in: .atLeast(0),
        "training ends when the rate falls to it; 0 for never")
    }
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
    self.init(
      peak: rate, shape: shape, warmUp: warmup > 0 ? .steps(warmup) : .share(share),
      minimum: minimum > 0 ? minimum : nil)
  }
}
