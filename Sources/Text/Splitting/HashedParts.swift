import Diagnostics

/// Parts that rows belong to by a hash of what they say, so that a row keeps its part whatever other
/// rows there are.
///
/// Parts have about the shares asked for: of n rows, a share s is missed by about √(n s (1 − s)).
package struct HashedParts: Sendable {
  /// Up to where in 0…1 the hashes of each part go, and of the part that takes the rest.
  private let limits: [(part: Int, limit: Double)]
  private let rest: Int?
  private let column: Int?
  private let seed: UInt64

  /// - Parameter column: the one whose text alone decides; nil for all fields of the row.
  /// - Throws: when a part is neither a share nor the rest.
  package init(
    _ sizes: [SplitOptions.Size], by column: Int? = nil, seed: UInt64
  ) throws(Diagnostic) {
    try SplitOptions(sizes).check()
    var limits: [(part: Int, limit: Double)] = []
    var sum = 0.0
    for (part, size) in sizes.enumerated() {
      switch size {
      case .share(let share):
        sum += share
        limits.append((part, sum))
      case .rest: continue
      case .count, .every: throw Diagnostic(.sharesOnly)
      }
    }
    self.limits = limits
    rest = sizes.firstIndex(of: .rest)
    self.column = column
    self.seed = seed
  }

  /// The part of a row; nil for none.
  package func part(of row: Int, in batch: RowBatch) -> Int? {
    var print = Fingerprint(seed: seed)
    for column in column.map({ $0...$0 }) ?? 0...max(0, batch.columnCount - 1) {
      print.add(batch.bytes.span.extracting(batch.range(row, column)))
    }
    // The high bits of both lanes, so that neighbouring seeds have nothing in common.
    let hash = (print.high ^ print.low.byteSwapped) &* 0x9E37_79B9_7F4A_7C15
    let place = Double(hash >> 11) * 0x1p-53
    return limits.first { place < $0.limit }?.part ?? rest
  }
}

extension Diagnostic.Message {
  fileprivate static let sharesOnly = Self(
    "rows that a hash deals out cannot be counted beforehand",
    remedy: "give the parts shares or \"rest\", or leave deal out")
}
