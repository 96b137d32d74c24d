import Cores
import Diagnostics

/// The least memory that a stage needs at once.
package struct MemoryDemand: Hashable, Sendable {
  /// `Int.max` when it is that much or more.
  package let byteCount: Int
  /// What it is for: `training 8,000,000 parameters`.
  package let purpose: String
  /// How to make it need less.
  package let remedy: String

  package init(byteCount: Int, for purpose: String, remedy: String) {
    self.byteCount = byteCount
    self.purpose = purpose
    self.remedy = remedy
  }

  /// The message for a machine with too little memory; nil when there is enough.
  package func shortage(of available: Int = availableMemory()) -> Diagnostic.Message? {
    byteCount > available
      ? .tooLittleMemory(purpose, Self.gigabytes(byteCount), Self.gigabytes(available), remedy)
      : nil
  }

  /// Throws when this machine has too little memory.
  package func check() throws(Diagnostic) {
    if let shortage = shortage() { throw Diagnostic(shortage) }
  }

  private static func gigabytes(_ byteCount: Int) -> String {
    guard byteCount < .max else { return "more bytes than can be counted" }
    let tenths = byteCount / 100_000_000
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10) GB" : "\(tenths / 10) GB"
  }
}

extension Diagnostic.Message {
  fileprivate static func tooLittleMemory(
    _ purpose: String, _ wanted: String, _ available: String, _ remedy: String
  ) -> Self {
    Self(
      "\(purpose) would need at least \(wanted); this machine gives \(available)", remedy: remedy)
  }
}
