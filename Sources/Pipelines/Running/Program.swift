import Artifacts
import Formats

/// This program, as records name it.
package enum Program {
  package static let version = "0.1.0"
}

extension Record {
  /// The value of a line of its key; nil when there is no such line.
  package func keyValue(_ name: String) -> String? {
    StageKey.lines(of: keyText).first { $0.name == name }?.value
  }

  /// The few words shown after the stage's name in a run.
  package var summary: String? { fact("summary")?.stringValue }
}
