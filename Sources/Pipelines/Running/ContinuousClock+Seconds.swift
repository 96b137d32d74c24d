extension ContinuousClock.Instant {
  /// The seconds since then.
  package var secondsSoFar: Double { (ContinuousClock.now - self) / .seconds(1) }
}
