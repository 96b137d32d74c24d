import Artifacts
import Diagnostics
import Digests

/// The outputs, by port, of the same stage with a smaller extent, such as fewer epochs.
package struct EarlierWork: Sendable {
  package let extent: Int
  package let outputs: [String: Digest]
}

extension ArtifactStore {
  /// The work with the largest extent below the order's, if all its outputs are still there.
  ///
  /// The names of all records are read once, so that extents without a record cost no look-up.
  ///
  /// - Parameter shouldStop: asked before each extent; nothing is found after that.
  /// - Throws: when what the store has cannot be known.
  func earlierWork(
    of order: StageOrder, shouldStop: () -> Bool
  ) throws(Diagnostic) -> EarlierWork? {
    guard let extent = order.stage.extent, extent.value > 1 else { return nil }
    let recorded = Set(try recordKeys())
    let series = KeySeries(of: order.key, varying: extent.name)
    for smaller in stride(from: extent.value - 1, to: 0, by: -1) {
      if shouldStop() { return nil }
      let key = series.digest(at: smaller)
      guard recorded.contains(key), let work = try work(for: key), work.evicted.isEmpty else {
        continue
      }
      let outputs = work.record.outputs.map { ($0.port, $0.digest) }
      return EarlierWork(
        extent: smaller, outputs: Dictionary(outputs, uniquingKeysWith: { first, _ in first }))
    }
    return nil
  }
}
