import Cores
import Diagnostics

/// The memory that a stage must have at once.
package struct MemoryDemand: Hashable, Sendable {
  /// `Int.max` when it is more than that.
  package let byteCount: Int
  /// What it is for: `training 8,000,000 parameters`.
  package let purpose: String
  /// What makes it less.
  package let remedy: String
  /// Whether it may be somewhat less too; without, it is that at the least.
  private let isEstimate: Bool

  package init(
    byteCount: Int, for purpose: String, remedy: String, isEstimate: Bool = false
  ) {
    self.byteCount = byteCount
    self.isEstimate = isEstimate
    self.purpose = purpose
    self.remedy = remedy
  }

  /// What is to be said when there is not so much memory; nil when there is.
  package func shortage(of available: Int = availableMemory()) -> Diagnostic.Message? {
    byteCount > available
      ? .tooLittleMemory(
        purpose, "\(isEstimate ? "about" : "at least") \(Self.gigabytes(byteCount))",
        Self.gigabytes(available), remedy)
      : nil
  }

  /// Makes sure that this machine has so much.
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
      "\(purpose) would need \(wanted); this machine gives \(available)", remedy: remedy)
  }
}
