import Pipelines
import Training

/// The optimisers, by their names in a definition.
enum OptimizerName: String, CaseIterable {
  case adam, adamw, sgd, nag, adadelta
}

extension OptimizerName {
  /// Declares and reads an optimiser with its options, and gives its update rule.
  ///
  /// An option of a new one goes inside `options.added`, so that no key of the others changes.
  static func rule(
    from options: inout StageOptions, _ defaults: TrainingDefaults
  ) -> (name: OptimizerName, rule: any UpdateRule) {
    let name = options.choice(
      "optimizer", default: defaults.optimizer, "how weights follow gradients")
    let momentum = options.under(OptionCondition("optimizer", name, isOneOf: [.sgd, .nag])) {
      $0.number(
        "momentum", default: defaults.momentum, in: .from(0, below: 1), usedIn: .single,
        "for sgd and nag; fairseq's nag has 0.99")
    }
    let adam = OptionCondition("optimizer", name, isOneOf: [.adam, .adamw])
    let (beta1, beta2) = options.under(adam) { options in
      (
        options.number(
          "beta1", default: 0.9, in: .from(0, below: 1), usedIn: .single,
          "for adam and adamw: decay of the mean"),
        options.number(
          "beta2", default: 0.999, in: .from(0, below: 1), usedIn: .single,
          "for adam and adamw: decay of the variance")
      )
    }
    let scaled = OptionCondition("optimizer", name, isOneOf: [.adam, .adamw, .adadelta])
    let epsilon = options.under(scaled) {
      $0.number(
        "epsilon", default: name == .adadelta ? 1e-6 : 1e-8, in: .positive, usedIn: .single,
        "for adam, adamw and adadelta: keeps the divisor from 0; adadelta has 1e-6 unless given")
    }
    let decay = options.number(
      "weight-decay", default: 0, in: .atLeast(0), usedIn: .single,
      "how strongly weights are drawn to 0")
    let rho = options.added { options in
      options.under(OptionCondition("optimizer", name, isOneOf: [.adadelta])) {
        $0.number(
          "rho", default: 0.95, in: .from(0, below: 1), usedIn: .single,
          "for adadelta: decay of the mean squares")
      }
    }
    let rule: any UpdateRule =
      switch name {
      case .sgd: SGD(momentum: momentum, weightDecay: decay)
      case .nag: NAG(momentum: momentum, weightDecay: decay)
      case .adam, .adamw:
        Adam(
          beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: decay,
          decouplesDecay: name == .adamw)
      case .adadelta: Adadelta(rho: rho, epsilon: epsilon, weightDecay: decay)
      }
    return (name, rule)
  }
}
