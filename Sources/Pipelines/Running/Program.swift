import Artifacts
import Formats
import Glibc

/// This program, as records name it.
package enum Program {
  package static let version = "0.1.0"
}

/// The machine and the process.
package enum Host {
  package static var processNumber: Int32 { getpid() }

  package static let name: String = {
    var bytes = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&bytes, bytes.count - 1) == 0 else { return "" }
    return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }()
}

extension Record {
  /// The value of a line of its key; nil when there is no such line.
  package func keyValue(_ name: String) -> String? {
    StageKey.lines(of: keyText).first { $0.name == name }?.value
  }

  /// The few words shown after the stage's name in a run.
  package var summary: String? { facts.first { $0.name == "summary" }?.value.stringValue }
}
