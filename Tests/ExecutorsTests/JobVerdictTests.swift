import Executors
import Testing

struct JobVerdictTests {
  private static let patience = JobVerdict.Patience(ended: 2, missing: 10)

  private func verdict(
    _ state: String?, reason: String = "None", gone: Double = 100,
    _ change: (inout JobEvidence) -> Void = { _ in }
  ) -> JobVerdict {
    var evidence = JobEvidence()
    evidence.row = state.map {
      QueueRow(id: "4_1", state: $0, node: "n1", reason: reason, name: "j")
    }
    evidence.secondsGone = evidence.row?.isLive == true ? 0 : gone
    change(&evidence)
    return JobVerdict.verdict(on: evidence, Self.patience)
  }

  private static let states: [String?] = [
    nil, "PENDING", "RUNNING", "COMPLETED", "FAILED", "TIMEOUT", "CANCELLED", "NODE_FAIL",
    "OUT_OF_MEMORY", "UNHEARD_OF",
  ]

  @Test(arguments: states)
  func `a result in the store is a result, whatever Slurm says`(_ state: String?) {
    #expect(verdict(state) { $0.isRecorded = true } == .done)
    #expect(
      verdict(state) {
        $0.isRecorded = true
        $0.ending = .told
        $0.isListed = false
      } == .done)
  }

  @Test(arguments: states)
  func `what the worker wrote comes before what Slurm says`(_ state: String?) {
    #expect(verdict(state) { $0.ending = .told } == .ended)
  }

  @Test(
    arguments: [
      ("RUNNING", .wait), ("COMPLETING", .wait),
      ("CANCELLED", .again(excludingNode: false, isProgress: true)),
      ("FAILED", .again(excludingNode: false, isProgress: true)),
      ("TIMEOUT", .again(excludingNode: false, isProgress: true)),
      (nil, .again(excludingNode: false, isProgress: true)),
    ] as [(String?, JobVerdict)])
  func `what stopped at a checkpoint goes on in another job`(
    _ state: String?, _ expected: JobVerdict
  ) {
    let stopped: (inout JobEvidence) -> Void = {
      $0.ending = .stopped
      $0.hasMoved = true
    }
    #expect(verdict(state, gone: 0, stopped) == expected)
    #expect(
      verdict(state) {
        stopped(&$0)
        $0.isListed = false
      } == .wait)
  }

  @Test(arguments: states)
  func `nothing follows from a scheduler that does not answer`(_ state: String?) {
    #expect(verdict(state) { $0.isListed = false } == .wait)
  }

  @Test(arguments: [nil, "COMPLETED", "NODE_FAIL", "TIMEOUT", "FAILED", "CANCELLED"])
  func `while a process has the claim, its end is waited for`(_ state: String?) {
    #expect(verdict(state) { $0.isClaimed = true } == .wait)
  }

  @Test(
    arguments: [
      ("COMPLETED", JobVerdict.again(excludingNode: false, isProgress: false)),
      ("NODE_FAIL", .again(excludingNode: true, isProgress: false)),
      ("BOOT_FAIL", .again(excludingNode: true, isProgress: false)),
      ("PREEMPTED", .again(excludingNode: false, isProgress: false)),
      ("REVOKED", .again(excludingNode: false, isProgress: false)),
      (nil, .again(excludingNode: false, isProgress: false)),
      // A worker that was killed or cancelled, not a stage that failed: that would have been told.
      ("FAILED", .again(excludingNode: false, isProgress: false)),
      ("CANCELLED", .again(excludingNode: false, isProgress: false)),
      ("TIMEOUT", .fail(.outOfTime)),
      ("DEADLINE", .fail(.outOfTime)), ("OUT_OF_MEMORY", .fail(.outOfMemory)),
      ("PENDING", .wait), ("RUNNING", .wait), ("COMPLETING", .wait), ("UNHEARD_OF", .wait),
    ] as [(String?, JobVerdict)])
  func `a job without a result is judged by its last state`(
    _ state: String?, _ expected: JobVerdict
  ) {
    #expect(verdict(state) == expected)
  }

  @Test func `a result may be seen late`() {
    #expect(verdict("COMPLETED", gone: 1.9) == .wait)
    #expect(verdict("FAILED", gone: 1.9) == .wait)
    #expect(verdict(nil, gone: 9.9) == .wait)
  }

  @Test func `a job that never began is submitted elsewhere`() {
    #expect(
      verdict("FAILED") { $0.hasLog = false } == .again(excludingNode: true, isProgress: false))
  }

  @Test func `a job that can never start fails with the reason`() {
    #expect(
      verdict("PENDING", reason: "PartitionConfig") == .fail(.held("PartitionConfig")))
    #expect(
      verdict("PENDING", reason: "launch failed requeued held")
        == .again(excludingNode: false, isProgress: false))
  }

  @Test func `a checkpoint that moved is progress, and never counts as a failed try`() {
    for state in ["TIMEOUT", "PREEMPTED"] {
      #expect(
        verdict(state) {
          $0.hasMoved = true
          $0.failedTries = JobVerdict.mostTries
        } == .again(excludingNode: false, isProgress: true))
    }
  }

  @Test func `what gets nowhere fails in the end`() {
    for state in ["NODE_FAIL", "COMPLETED", "FAILED", "CANCELLED"] {
      #expect(
        verdict(state) { $0.failedTries = JobVerdict.mostTries } == .fail(.lost(state)))
    }
    #expect(
      verdict(nil) { $0.failedTries = JobVerdict.mostTries } == .fail(.lost("not listed")))
    #expect(
      verdict("FAILED") {
        $0.ending = .stopped
        $0.failedTries = JobVerdict.mostTries
      } == .fail(.lost("FAILED")))
  }

  @Test(
    arguments: [
      ("FAILED", JobVerdict.Failure.outOfTime), ("PREEMPTED", .lost("PREEMPTED")),
      ("CANCELLED", .lost("CANCELLED")), (nil, .lost("not listed")),
      ("TIMEOUT", .outOfTime), ("DEADLINE", .outOfTime),
    ] as [(String?, JobVerdict.Failure)])
  func `what stops at the end of its time, and gets nowhere, fails for want of time`(
    _ state: String?, _ failure: JobVerdict.Failure
  ) {
    func stopped(tries: Int, hasMoved: Bool = false) -> JobVerdict {
      verdict(state) {
        $0.ending = .stopped
        $0.hadItsTime = true
        $0.hasMoved = hasMoved
        $0.failedTries = tries
      }
    }
    let most = JobVerdict.mostTries
    #expect(stopped(tries: most - 1) == .again(excludingNode: false, isProgress: false))
    #expect(stopped(tries: most) == .fail(failure))
    #expect(
      stopped(tries: most, hasMoved: true) == .again(excludingNode: false, isProgress: true))
  }

  @Test(
    arguments: [
      (60, 14, true), (60, 13, false), (14_400, 14_300, true), (14_400, 14_299, false),
      (nil, 1e9, false), (1, 60, true),
    ] as [(Double?, Double, Bool)])
  func `a stop within a minute or two of the limit is one for want of time`(
    _ time: Double?, _ seconds: Double, _ isOver: Bool
  ) {
    #expect(JobResources(cores: 1, memory: 1, time: time).isOver(after: seconds) == isOver)
  }

  @Test func `more memory is asked for where that is allowed`() {
    let short: (inout JobEvidence) -> Void = { $0.mayHaveMoreMemory = true }
    #expect(verdict("OUT_OF_MEMORY", short) == .againWithMoreMemory)
    #expect(
      verdict("FAILED") {
        short(&$0)
        $0.logTellsOfMemory = true
      } == .againWithMoreMemory)
    #expect(
      verdict("RUNNING") {
        short(&$0)
        $0.ending = .shortOfMemory
      } == .againWithMoreMemory)
    #expect(verdict("RUNNING") { $0.ending = .shortOfMemory } == .ended)
    #expect(verdict("FAILED") { $0.logTellsOfMemory = true } == .fail(.outOfMemory))
  }

  @Test func `a time that records told is doubled for what did not get on in it`() {
    let guessed: (inout JobEvidence) -> Void = { $0.mayHaveMoreTime = true }
    #expect(verdict("TIMEOUT", guessed) == .againWithMoreTime)
    #expect(
      verdict("FAILED") {
        guessed(&$0)
        $0.ending = .stopped
      } == .againWithMoreTime)
    for state in ["TIMEOUT", "FAILED"] {
      #expect(
        verdict(state) {
          guessed(&$0)
          $0.hasMoved = true
          $0.ending = state == "FAILED" ? .stopped : nil
        } == .again(excludingNode: false, isProgress: true))
    }
    #expect(
      verdict("TIMEOUT") {
        guessed(&$0)
        $0.failedTries = JobVerdict.mostTries
      } == .fail(.outOfTime))
  }
}
