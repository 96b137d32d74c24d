import Chains
import Sweeps

extension DisposableTypes {
  /// Of the losers of a sweep, models and checkpoints are given up; scores and histories stay.
  package static let standard = DisposableTypes(weights: [.model], state: [.checkpoint])
}
