import Digests

/// The state of each stage of a run, and the cores and claims that running stages have.
struct StageStates {
  enum State {
    case waiting
    case running(cores: Int, claim: Digest)
    case ended(StageReport)
  }

  /// By the stage's place in the plan.
  private var states: [State]
  private(set) var runningCount = 0
  /// How many cores running stages were given.
  private(set) var busyCores = 0
  /// What running stages have claimed.
  private(set) var claims: Set<Digest> = []

  init(count: Int) { states = Array(repeating: .waiting, count: count) }

  subscript(stage: Int) -> State { states[stage] }

  func isWaiting(_ stage: Int) -> Bool {
    if case .waiting = states[stage] { true } else { false }
  }

  /// How a stage ended; nil while it waits or runs.
  func report(of stage: Int) -> StageReport? {
    if case .ended(let report) = states[stage] { report } else { nil }
  }

  /// Changes the state of a stage; every change passes through here.
  ///
  /// A waiting stage starts or ends; a running one ends or waits again; one that ended waits again
  /// when its outputs have been lost.
  mutating func set(_ stage: Int, to next: State) {
    switch (states[stage], next) {
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
    case (let state, _):
      preconditionFailure("stage \(stage) cannot change from \(state) to \(next)")
    }
    states[stage] = next
  }
}
