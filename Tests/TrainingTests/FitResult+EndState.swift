import Diagnostics
import Training

extension FitResult {
  /// The state of a training that finished; throws when it was stopped.
  consuming func endState() throws -> TrainingState {
    guard case .finished(let state, _) = self else {
      throw Diagnostic(.init("the training did not finish"))
    }
    return state
  }
}
