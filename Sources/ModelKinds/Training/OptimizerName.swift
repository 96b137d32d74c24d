import Pipelines
import Training

/// The optimisers, by their names in a definition.
enum OptimizerName: String, CaseIterable {
  case adam, adamw, sgd, nag
}

extension OptimizerName {
  /// Declares and reads an optimiser with its options, and gives its update rule.
  ///
  /// An option of a new one goes inside `options.added`, so that no key of the others changes.
  static func rule(
    from options: inout StageOptions, _ defaults: TrainingDefaults
  ) -> any UpdateRule {
    let name = options.choice(
      "optimizer", default: defaults.optimizer, "how weights follow gradients")
    let momentum = options.under(OptionCondition("optimizer", name, isOneOf: [.sgd, .nag])) {
      $0.number(
        "momentum", default: defaults.momentum, in: .from(0, below: 1), usedIn: .single,
        "for sgd and nag; fairseq's nag has 0.99")
    }
    let adam = OptionCondition("optimizer", name, isOneOf: [.adam, .adamw])
    let (beta1, beta2, epsilon) = options.under(adam) { options in
      (
        options.number(
          "beta1", default: 0.9, in: .from(0, below: 1), usedIn: .single,
          "for adam: decay of the mean"),
        options.number(
          "beta2", default: 0.999, in: .from(0, below: 1), usedIn: .single,
          "for adam: decay of the variance"),
        options.number(
          "epsilon", default: 1e-8, in: .positive, usedIn: .single,
          "for adam: keeps the divisor from 0")
      )
    }
    let decay = options.number(
      "weight-decay", default: 0, in: .atLeast(0), usedIn: .single,
      "how strongly weights are drawn to 0")
    return switch name {
    case .sgd: SGD(momentum: momentum, weightDecay: decay)
    case .nag: NAG(momentum: momentum, weightDecay: decay)
    case .adam, .adamw:
      Adam(
        beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: decay,
        decouplesDecay: name == .adamw)
    }
  }
}
