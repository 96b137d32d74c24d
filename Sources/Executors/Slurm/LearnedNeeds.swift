/// What a stage is thought to need, as its last runs tell: more than in any of them, in few steps.
///
/// - Cores: as many as it kept busy, where it ran for ten seconds at least; one for a shorter stage.
/// - Time: three times the longest run, and no less than a quarter of an hour; then the next of 15 and
///   30 minutes, 1, 2, 4 hours and so on. A run counts as long as its work takes on the cores that the
///   job gets, and as many times longer as there are more bytes to read now.
/// - Memory: a quarter more than the highest peak, in whole gigabytes.
///
/// None is more than the partition has. Steps are few so that stages with like needs share an array.
package struct LearnedNeeds: Sendable {
  /// What one run of a stage took.
  package struct Work: Hashable, Sendable {
    let seconds: Double
    /// Seconds that it would take on one core.
    let coreSeconds: Double
    let peakBytes: Int
    /// How many times as many bytes as then there are to read; 1 where that is not known, or fewer.
    var growth: Double

    package init(seconds: Double, coreSeconds: Double, peakBytes: Int, growth: Double = 1) {
      self.seconds = seconds
      self.coreSeconds = coreSeconds
      self.peakBytes = peakBytes
      self.growth = growth
    }
  }

  private static let (shortestTime, longestTime) = (900.0, 365.0 * 86_400)
  private static let mostCores = 1024.0
  private static let gigabyte = 1 << 30

  private let work: [Work]
  private let limits: PartitionLimits?

  /// - Parameter limits: nil where they are not known.
  package init(_ work: [Work], within limits: PartitionLimits?) {
    self.work = work
    self.limits = limits
  }

  /// Nil where it never ran.
  package var cores: Int? {
    guard !work.isEmpty else { return nil }
    let busy =
      work.filter { $0.seconds >= JobPacking.worthwhile }
      .map { min($0.coreSeconds / $0.seconds, Self.mostCores) }.max() ?? 1
    // A core that had little to do is none.
    return min(max(1, Int((busy - 0.25).rounded(.up))), limits?.cores ?? .max)
  }

  /// How long it takes at the most; nil where it never ran.
  package func seconds(on cores: Int) -> Double? {
    work.map { max($0.seconds, $0.coreSeconds / Double(cores)) * $0.growth }.max()
  }

  /// The seconds to ask for; nil where it never ran.
  package func time(on cores: Int) -> Double? {
    guard let seconds = seconds(on: cores) else { return nil }
    var time = Self.shortestTime
    while time < 3 * seconds, time < Self.longestTime { time *= 2 }
    return within(time)
  }

  /// The bytes to ask for; nil where it never ran.
  package var memory: Int? {
    guard let peak = work.map(\.peakBytes).max() else { return nil }
    let wanted = min(peak, 1 << 50) / 4 * 5
    let whole = (wanted + Self.gigabyte - 1) / Self.gigabyte * Self.gigabyte
    return min(whole, limits?.memory ?? .max)
  }

  /// What to ask for after a time that was too short; nil where there is no more to be had.
  package func time(beyond time: Double) -> Double? {
    let longer = within(time * 2)
    return longer > time ? longer : nil
  }

  private func within(_ time: Double) -> Double {
    min(time, Self.longestTime, limits?.seconds ?? .infinity)
  }
}
