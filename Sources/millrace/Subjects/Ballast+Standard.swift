import Chains
import Sweeps

extension Ballast {
  /// Of the losers of a sweep, models and checkpoints are given up; scores and histories stay.
  package static let standard = Ballast(weights: [.model], state: [.checkpoint])
}
