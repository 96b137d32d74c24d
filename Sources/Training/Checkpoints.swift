import Diagnostics
import Files
import Formats
import FoundationEssentials
import Tensors

/// Where a training leaves its state while it goes on: one file in a folder, replaced as a whole.
package struct Checkpoints: Hashable, Sendable {
  private static let name = "checkpoint.safetensors"

  private let folder: String
  /// The time after which a state is saved in the middle of an epoch.
  package let interval: Duration

  /// - Parameter folder: must exist, and belong to this very training: its model, options and rows.
  package init(folder: String, interval: Duration = .seconds(30)) {
    self.folder = folder
    self.interval = interval
  }

  /// The file, for a person who wants to look at it.
  package var path: String { "\(folder)/\(Self.name)" }

  package func save(_ state: borrowing TrainingState) throws(Diagnostic) {
    var file = try OutputFile(path, isOurs: true)
    try state.write(into: &file)
    try file.commit(durable: true)
  }

  /// The state saved last; nil when there is none.
  ///
  /// A file that is cut short, damaged or of another training is not used, and `observe` told so.
  /// What a killed process left of a file half written is removed.
  package func latest(
    for layout: ParameterLayout, _ rule: any UpdateRule,
    observe: (TrainingEvent) -> Void = { _ in }
  ) -> TrainingState? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix("\(Self.name).") {
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
    guard names.contains(Self.name) else { return nil }
    do throws(Diagnostic) {
      return try TrainingState.read(SafetensorsFile(MappedFile(path)), layout: layout, rule: rule)
    } catch {
      observe(.notice("the checkpoint is not used: \(error.message.problem)"))
      return nil
    }
  }
}
