import Digests

/// Where each stage of a run stands, and what those that run occupy.
struct Standings {
  enum Standing {
    case waiting
    case running(cores: Int, claim: Digest)
    case ended(StageReport)
  }

  /// By the stage's place in the plan.
  private var standings: [Standing]
  private(set) var runningCount = 0
  /// How many cores running stages were given.
  private(set) var busyCores = 0
  /// What running stages have claimed.
  private(set) var claims: Set<Digest> = []

  init(count: Int) { standings = Array(repeating: .waiting, count: count) }

  subscript(stage: Int) -> Standing { standings[stage] }

  func isWaiting(_ stage: Int) -> Bool {
    if case .waiting = standings[stage] { true } else { false }
  }

  /// How a stage ended; nil while it waits or runs.
  func report(of stage: Int) -> StageReport? {
    if case .ended(let report) = standings[stage] { report } else { nil }
  }

  /// Changes where a stage stands; every change passes through here.
  ///
  /// A stage is started or ended from waiting; a running one ends or is sent back to wait; one that
  /// ended only waits anew, when what it made is not there.
  mutating func set(_ stage: Int, to next: Standing) {
    switch (standings[stage], next) {
    case (.waiting, .running(let cores, let claim)):
      runningCount += 1
      busyCores += cores
      let (isNew, _) = claims.insert(claim)
      precondition(isNew, "stage \(stage) was started beside another of the claim \(claim)")
    case (.running(let cores, let claim), .ended), (.running(let cores, let claim), .waiting):
      runningCount -= 1
      busyCores -= cores
      claims.remove(claim)
    case (.waiting, .ended), (.ended, .waiting): break
    case (let standing, _):
      preconditionFailure("stage \(stage) cannot change from \(standing) to \(next)")
    }
    standings[stage] = next
  }
}
