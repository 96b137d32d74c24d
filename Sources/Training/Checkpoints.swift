import Artifacts
import Diagnostics
import Glibc
import Tensors

/// Where a training leaves its state while it goes on: one file in a folder, replaced as a whole.
package struct Checkpoints: Hashable, Sendable {
  /// The file, for a person who wants to look at it.
  package let path: String
  /// The time after which a state is saved in the middle of an epoch.
  package let interval: Duration

  /// - Parameter folder: must exist, and belong to this very training: its model, options and rows.
  package init(folder: String, interval: Duration = .seconds(30)) {
    path = "\(folder)/checkpoint.safetensors"
    self.interval = interval
  }

  package func save(_ state: TrainingState) throws(Diagnostic) {
    var file = try OutputFile(path)
    try state.write(into: &file)
    try file.commit(durable: true)
  }

  /// The state saved last; nil when there is none.
  ///
  /// A file that is cut short, damaged or of another training is not used, and `observe` told so.
  package func latest(
    for layout: ParameterLayout, _ rule: any UpdateRule,
    observe: (TrainingEvent) -> Void = { _ in }
  ) -> TrainingState? {
    guard unsafe access(path, F_OK) == 0 else { return nil }
    do throws(Diagnostic) {
      return try TrainingState(SafetensorsFile(path: path), layout: layout, rule: rule)
    } catch {
      observe(.notice("the checkpoint is not used: \(error.message.problem)"))
      return nil
    }
  }
}
