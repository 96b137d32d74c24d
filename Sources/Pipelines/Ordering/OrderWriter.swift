import Artifacts
import Diagnostics
import Synchronization
import TOML

/// Puts orders into a store, each with what its stage is planned from.
package final class OrderWriter: Sendable {
  private let store: ArtifactStore
  private let keepsStateOfFailures: Bool
  /// Of the definition that the last order was of.
  private let outline = Mutex<DefinitionOutline?>(nil)

  /// - Parameter keepsStateOfFailures: whether checkpoints of failed stages stay.
  package init(to store: ArtifactStore, keepsStateOfFailures: Bool) {
    self.store = store
    self.keepsStateOfFailures = keepsStateOfFailures
  }

  package func write(_ order: StageOrder) throws(Diagnostic) {
    let outline = outline(of: order.definition.source)
    try WrittenOrder(order, outline, keepsStateOfFailures: keepsStateOfFailures).write(to: store)
  }

  private func outline(of source: TOMLSource) -> DefinitionOutline {
    outline.withLock { known in
      if let known, known.source.bytes == source.bytes { return known }
      let made = DefinitionOutline(of: source)
      known = made
      return made
    }
  }
}
