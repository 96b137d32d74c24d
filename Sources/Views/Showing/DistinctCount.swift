import Text

/// How many different texts there are, by fingerprint; given up beyond a limit, to bound memory.
struct DistinctCount: Sendable {
  /// At 16 bytes each and half-full tables, some 200 MB.
  private static let limit = 4_000_000

  private var seen: Set<Fingerprint>? = []

  /// Nil when there are too many.
  var count: Int? { seen?.count }

  mutating func insert(_ fingerprint: Fingerprint) {
    seen?.insert(fingerprint)
    if let count, count > Self.limit { seen = nil }
  }
}
