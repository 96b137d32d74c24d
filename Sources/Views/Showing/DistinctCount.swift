import Text

/// The number of different texts, by fingerprint; not counted beyond a limit, to bound memory.
struct DistinctCount: Sendable {
  /// With 16 bytes each in half-full tables, this is some 200 MB.
  private static let limit = 4_000_000

  private var seen: Set<Fingerprint>? = []

  /// Nil when there are too many.
  var count: Int? { seen?.count }

  mutating func insert(_ fingerprint: Fingerprint) {
    seen?.insert(fingerprint)
    if let count, count > Self.limit { seen = nil }
  }
}
