import Artifacts

/// Writes the events of a stage into the log of its unfinished work, and passes them on.
struct StageLog: RunObserver {
  private let claim: KeyClaim
  private let next: any RunObserver

  init(_ claim: KeyClaim, passingOnTo next: any RunObserver) {
    self.claim = claim
    self.next = next
  }

  func observe(_ event: RunEvent) {
    switch event {
    case .said(_, let text): claim.log(text)
    case .noticed(let problem): claim.log("\(problem)")
    case .started, .progressed, .ended: break
    }
    next.observe(event)
  }
}
