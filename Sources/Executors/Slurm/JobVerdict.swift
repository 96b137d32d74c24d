/// What is known of the work on a stage in a job.
package struct JobEvidence: Hashable, Sendable {
  /// What the worker wrote of how it ended.
  package enum Ending: Hashable, Sendable {
    /// There is a result, or a reason why there is none.
    case told
    /// A process of it was ended for want of memory.
    case shortOfMemory
    /// It stopped at a checkpoint.
    case stopped
  }

  /// Whether the store has the result.
  package var isRecorded = false
  /// What this job wrote; nil for nothing so far.
  package var ending: Ending?
  /// The job as it was last listed, with our id and our name; nil when the list had none such.
  package var row: QueueRow?
  /// Whether the queue was listed since the last look; if not, nothing new is known of the job.
  package var isListed = true
  /// Whether it stopped since it was told that its time was nearly over.
  package var hadItsTime = false
  /// Whether a living process has claimed the stage's key.
  package var isClaimed = false
  /// The seconds for which the job has been ended or not listed, and the key not claimed; 0 otherwise.
  package var secondsGone = 0.0
  /// Whether the job has written its log.
  package var hasLog = true
  /// Whether its log says that it exceeded its memory.
  package var logTellsOfMemory = false
  /// Whether the stage's checkpoint is another than when the job was submitted.
  package var hasMoved = false
  /// How often the stage has been submitted again without getting on.
  package var failedTries = 0
  /// Whether more memory may be asked for.
  package var mayHaveMoreMemory = false
  /// Whether more time may be asked for, since what it had was a guess from records.
  package var mayHaveMoreTime = false

  package init() {}
}

/// What is to be done about a stage that is under way in a job.
///
/// The store is the truth; the scheduler only hints at why a result is not there yet.
package enum JobVerdict: Hashable, Sendable {
  /// Why a stage fails without the worker's own reason.
  package enum Failure: Hashable, Sendable {
    case outOfMemory, outOfTime
    /// It can never start, for the reason that the scheduler gives.
    case held(String)
    /// It was lost as often as it was submitted; the last state it was seen in.
    case lost(String)
  }

  case done
  /// It ended as the worker wrote.
  case ended
  case wait
  case again(excludingNode: Bool, isProgress: Bool)
  case againWithMoreMemory
  case againWithMoreTime
  case fail(Failure)

  /// How often a stage is submitted again after it got nowhere.
  package static let mostTries = 3

  /// How long results are waited for that a file system may not show yet.
  package struct Patience: Hashable, Sendable {
    /// Seconds after a job has ended.
    package let ended: Double
    /// Seconds after a job is no longer listed.
    package let missing: Double

    package init(ended: Double, missing: Double) {
      self.ended = ended
      self.missing = missing
    }
  }

  package static func verdict(
    on evidence: JobEvidence, _ patience: Patience
  ) -> JobVerdict {
    if evidence.isRecorded { return .done }
    switch evidence.ending {
    case .told: return .ended
    case .shortOfMemory: return evidence.mayHaveMoreMemory ? .againWithMoreMemory : .ended
    case .stopped, nil: break
    }
    guard evidence.isListed else { return .wait }
    if let row = evidence.row, row.isLive {
      if row.hasFailedToLaunch { return again(evidence) }
      return row.isHeld ? .fail(.held(row.reason)) : .wait
    }
    if evidence.ending == .stopped {
      return inMoreTime(evidence) ?? again(evidence, isProgress: evidence.hasMoved)
    }
    // Whatever the scheduler believes, somebody is at work.
    guard !evidence.isClaimed else { return .wait }
    guard let row = evidence.row else {
      return evidence.secondsGone < patience.missing ? .wait : again(evidence)
    }
    guard evidence.secondsGone >= patience.ended else { return .wait }
    return verdict(onEnded: row, evidence)
  }

  /// The verdict on a job that has ended and left neither a result nor a reason.
  private static func verdict(onEnded row: QueueRow, _ evidence: JobEvidence) -> JobVerdict {
    switch row.state {
    case "NODE_FAIL", "BOOT_FAIL": return again(evidence, excludingNode: true)
    case "PREEMPTED": return again(evidence, isProgress: evidence.hasMoved)
    case "TIMEOUT", "DEADLINE":
      guard !evidence.hasMoved else { return again(evidence, isProgress: true) }
      return inMoreTime(evidence) ?? .fail(.outOfTime)
    case "OUT_OF_MEMORY":
      return evidence.mayHaveMoreMemory ? .againWithMoreMemory : .fail(.outOfMemory)
    case "FAILED" where evidence.logTellsOfMemory:
      return evidence.mayHaveMoreMemory ? .againWithMoreMemory : .fail(.outOfMemory)
    // Without a log it never began.
    case "FAILED": return again(evidence, excludingNode: !evidence.hasLog)
    // A stage's own failure is told by its worker: this one was killed, or cancelled. By whom, the
    // scheduler does not say; it cancels jobs itself whose ids it gave out twice after a crash.
    default: return again(evidence)
    }
  }

  /// Another try in more time for what did not get on; nil where there is none.
  private static func inMoreTime(_ evidence: JobEvidence) -> JobVerdict? {
    let isWorthIt = evidence.mayHaveMoreTime && !evidence.hasMoved
    return isWorthIt && evidence.failedTries < mostTries ? .againWithMoreTime : nil
  }

  private static func again(
    _ evidence: JobEvidence, excludingNode: Bool = false, isProgress: Bool = false
  ) -> JobVerdict {
    guard isProgress || evidence.failedTries < mostTries else {
      let isTooLong =
        switch evidence.row?.state {
        case "TIMEOUT", "DEADLINE": true
        // What makes room for others is not `FAILED`.
        case "FAILED": evidence.hadItsTime
        default: false
        }
      return .fail(isTooLong ? .outOfTime : .lost(evidence.row?.state ?? "not listed"))
    }
    return .again(excludingNode: excludingNode, isProgress: isProgress)
  }
}
