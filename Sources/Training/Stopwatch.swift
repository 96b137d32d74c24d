import Files

/// The speed of a training since it was started or resumed; never part of what training gives.
struct Stopwatch {
  private let start = WorkClock.now
  /// Since the start; validations are part of the time these took.
  private var steps = 0
  private var epochStart = WorkClock.now
  /// Since the epoch's start.
  private var rows = 0
  private var tokens = 0

  mutating func count(rows: Int, tokens: Int) {
    self.rows += rows
    self.tokens += tokens
    steps += 1
  }

  mutating func startEpoch() {
    epochStart = WorkClock.now
    (rows, tokens) = (0, 0)
  }

  /// Since the epoch began, or since the training was resumed in it.
  var pace: EpochPace {
    EpochPace(seconds: epochStart.secondsSoFar, tokens: tokens)
  }

  /// Rows and tokens a second in this epoch, and the seconds that so many more steps will take.
  func speed(stepsLeft: Double) -> (rows: Double, tokens: Double, secondsLeft: Double) {
    let pace = pace
    let all = start.secondsSoFar
    return (
      Double(rows) / max(1e-9, pace.seconds), pace.tokensPerSecond,
      max(0, stepsLeft) * all / Double(max(1, steps))
    )
  }
}
