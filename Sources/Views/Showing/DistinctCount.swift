import Text

/// The number of different texts, by fingerprint; not counted beyond a limit, to bound memory.
struct DistinctCount: Sendable {
  /// With up to 19 bytes each, this is some 80 MB.
  private static let limit = 4_000_000

  private var seen: FingerprintTable? = FingerprintTable()
  private var seenCount = 0

  /// Nil when there are too many.
  var count: Int? { seen == nil ? nil : seenCount }

  mutating func insert(_ fingerprint: Fingerprint) {
    guard seen != nil, seen?.insert(fingerprint, number: 0) == nil else { return }
    seenCount += 1
    if seenCount > Self.limit { seen = nil }
  }
}
