/// The moments at which something is done again: less and less often while it brings nothing.
struct Backoff {
  private static let (shortest, longest) = (0.5, 30.0)

  private var seconds = Self.shortest
  private var next: ContinuousClock.Instant?

  var isDue: Bool { next.map { $0 <= .now } ?? true }

  /// Puts the next time off, by more than the last time.
  mutating func slowDown() {
    next = .now + .seconds(seconds)
    seconds = min(Self.longest, seconds * 1.5)
  }

  /// Puts the next time forward, so that it comes after the shortest pause at the latest.
  mutating func expectNews() {
    seconds = Self.shortest
    let soon = ContinuousClock.now + .seconds(seconds)
    if let planned = next, planned > soon { next = soon }
  }

  /// Begins with the shortest pause again.
  mutating func hurry() {
    seconds = Self.shortest
    next = .now + .seconds(seconds)
  }
}
