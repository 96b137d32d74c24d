import Tensors
import Training

extension Checkpoints {
  /// Whether there is a checkpoint that can be gone on from.
  func hasState(
    for layout: ParameterLayout, _ rule: any UpdateRule,
    observe: (TrainingEvent) -> Void = { _ in }
  ) -> Bool {
    latest(for: layout, rule, observe: observe) != nil
  }
}
