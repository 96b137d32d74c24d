import Glibc

/// How the learning rate moves as training goes on: a warm-up, then a shape.
///
/// It keeps no state: a rate follows from the moment and from the losses of the epochs before.
package struct Schedule: Hashable, Sendable {
  /// What the rate does once it is warm.
  package enum Shape: Hashable, Sendable {
    /// The peak to the end.
    case constant
    /// A straight line from the peak to nothing at the last step.
    case linear
    /// Half a cosine from the peak to nothing at the last step.
    case cosine
    /// The peak times √(warm-up steps / steps), as for transformers; needs a warm-up.
    case inverseSquareRoot
    /// Times `factor` after every `epochs` epochs.
    case step(epochs: Int, factor: Double)
    /// The peak for `epochs` epochs, then times `factor` each epoch (fairseq 2018's force-anneal).
    case anneal(after: Int, factor: Double)
    /// Times `factor` when the loss was not below best × (1 − `threshold`) for over `patience` epochs.
    case plateau(factor: Double, patience: Int, threshold: Double)
  }

  /// How long the rate climbs in a straight line before it is at its peak.
  package enum WarmUp: Hashable, Sendable {
    case steps(Int)
    /// A share of all steps, rounded up to a whole one.
    case share(Double)

    /// Its steps in a training of so many.
    func steps(of total: Int) -> Int {
      switch self {
      case .steps(let steps): steps
      case .share(let share): Int((share * Double(total)).rounded(.up))
      }
    }
  }

  /// A place in training at which a rate is asked for; everything is counted from 0.
  package struct Moment: Hashable, Sendable {
    package var step: Int
    package var epoch: Int
    package var stepsPerEpoch: Int
    package var totalEpochs: Int

    package init(step: Int, epoch: Int, stepsPerEpoch: Int, totalEpochs: Int) {
      self.step = step
      self.epoch = epoch
      self.stepsPerEpoch = stepsPerEpoch
      self.totalEpochs = totalEpochs
    }

    /// All steps of the training.
    var totalSteps: Int { stepsPerEpoch * totalEpochs }
  }

  /// The highest rate.
  package var peak: Double
  package var shape: Shape
  package var warmUp: WarmUp
  /// Training ends before the epoch whose rate is not above this; nil: never.
  package var minimum: Double?

  package init(
    peak: Double, shape: Shape = .constant, warmUp: WarmUp = .steps(0), minimum: Double? = nil
  ) {
    precondition(warmUp.steps(of: 1) >= 0, "a warm-up of \(warmUp)")
    self.peak = peak
    self.shape = shape
    self.warmUp = warmUp
    self.minimum = minimum
  }

  /// Whether the rate of an epoch depends on how many epochs there are in all.
  ///
  /// If not, asking for more epochs goes on from the last one exactly.
  package var dependsOnTotal: Bool {
    if case .share(let share) = warmUp, share > 0 { return true }
    return endsAtNothing
  }

  private var endsAtNothing: Bool { shape == .linear || shape == .cosine }

  /// The rate at a moment, given the losses of the epochs that ended before it.
  package func rate(at moment: Moment, losses: [Double]) -> Double {
    let steps = warmUp.steps(of: moment.totalSteps)
    return moment.step < steps
      ? peak * Double(moment.step + 1) / Double(steps)
      : peak * factor(at: moment, losses: losses, after: steps)
  }

  /// Whether the rate has fallen so low that no further epoch is worth its time.
  ///
  /// Never so for a shape that reaches nothing at the last step anyway.
  package func isExhausted(at moment: Moment, losses: [Double]) -> Bool {
    guard let minimum, moment.step >= warmUp.steps(of: moment.totalSteps), !endsAtNothing
    else { return false }
    return rate(at: moment, losses: losses) <= minimum
  }

  /// What the peak is multiplied by after a warm-up of so many steps.
  private func factor(
    at moment: Moment, losses: [Double], after warmupSteps: Int
  ) -> Double {
    switch shape {
    case .constant: 1
    case .linear: 1 - progress(at: moment, after: warmupSteps)
    case .cosine: 0.5 * (1 + cos(.pi * progress(at: moment, after: warmupSteps)))
    case .inverseSquareRoot:
      (Double(max(1, warmupSteps)) / Double(moment.step + 1)).squareRoot()
    case .step(let epochs, let factor): power(factor, moment.epoch / max(1, epochs))
    case .anneal(let epochs, let factor): power(factor, max(0, moment.epoch + 1 - epochs))
    case .plateau(let factor, let patience, let threshold):
      power(factor, plateaus(in: losses, patience: patience, threshold: threshold))
    }
  }

  /// How much of the way from the end of the warm-up to the last step is done, 0 … 1.
  private func progress(at moment: Moment, after warmupSteps: Int) -> Double {
    let steps = moment.totalSteps - warmupSteps
    guard steps > 0 else { return 1 }
    return min(1, Double(moment.step - warmupSteps) / Double(steps))
  }

  /// How often the loss stopped falling: `ReduceLROnPlateau` over the epochs so far.
  private func plateaus(in losses: [Double], patience: Int, threshold: Double) -> Int {
    var best = Double.infinity
    var waited = 0
    var count = 0
    for loss in losses {
      waited = loss < best * (1 - threshold) ? 0 : waited + 1
      if waited == 0 { best = loss }
      if waited > patience { (count, waited) = (count + 1, 0) }
    }
    return count
  }

  /// Repeated products, because the last bit of `pow` differs between C libraries.
  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}
