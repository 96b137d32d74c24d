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
  ///
  /// - Returns: besides, the parameters that its decay leaves alone.
  static func rule(
    from options: inout StageOptions, _ defaults: TrainingDefaults
  ) -> (name: OptimizerName, rule: any UpdateRule, undecayed: [NamePattern]) {
    let name = options.choice(
      "optimizer", default: defaults.optimizer, "how weights follow gradients")
    let momentum = options.under(OptionCondition("optimizer", name, isOneOf: [.sgd, .nag])) {
      $0.number(
        "momentum", default: defaults.momentum, in: .from(0, below: 1), usedIn: .single,
        "for sgd and nag; fairseq's nag has 0.99")
    }
    let adam = OptionCondition("optimizer", name, isOneOf: [.adam, .adamw])
    let (beta1, beta2, correctsBias) = options.under(adam) { options in
      (
        options.number(
          "beta1", default: 0.9, in: .from(0, below: 1), usedIn: .single,
          "for adam and adamw: decay of the mean"),
        options.number(
          "beta2", default: 0.999, in: .from(0, below: 1), usedIn: .single,
          "for adam and adamw: decay of the variance"),
        options.added {
          $0.flag(
            "bias-correction", default: true,
            "for adam and adamw: whether means that start at 0 are corrected, as PyTorch and"
              + " Hugging Face do; Google's code for BERT does not")
        }
      )
    }
    let scaled = OptionCondition("optimizer", name, isOneOf: [.adam, .adamw, .adadelta])
    let epsilon = options.under(scaled) {
      $0.number(
        "epsilon", default: name == .adadelta ? 1e-6 : 1e-8, in: .positive, usedIn: .single,
        "for adam, adamw and adadelta: keeps the divisor from 0; adadelta has 1e-6 unless given")
    }
    let decay = options.number(
      "weight-decay", default: defaults.weightDecay, in: .atLeast(0), usedIn: .single,
      "how strongly weights are drawn to 0")
    let undecayed = options.added { options in
      options.under(
        OptionCondition(
          decay > 0, obstacle: "weight-decay = 0", remedy: "give weight-decay a number above 0")
      ) {
        $0.texts(
          "no-decay", default: defaults.undecayed,
          "parameters that weight-decay leaves alone, by name, as in freeze: \"*.bias\"")
      }
    }
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
          decouplesDecay: name == .adamw, correctsBias: correctsBias)
      case .adadelta: Adadelta(rho: rho, epsilon: epsilon, weightDecay: decay)
      }
    return (name, rule, undecayed.map { NamePattern($0) })
  }
}
