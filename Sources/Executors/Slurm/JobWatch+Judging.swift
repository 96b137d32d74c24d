import Artifacts
import Diagnostics
import Digests
import Files
import Pipelines

/// What becomes of the stages that are in jobs.
extension JobWatch {
  /// Finds out how a stage is, and does what follows from it.
  func judge(_ key: Digest, hasEnding: Bool, looksForRecord: Bool) {
    guard let work = ordered[key], let job = work.job else { return }
    let written = hasEnding ? WrittenEnding(of: key, in: store) : nil
    let ending = written.flatMap { $0.job == job.id ? $0 : nil }
    var evidence = evidence(of: work, job, ending)
    if looksForRecord { evidence.isRecorded = isRecorded(work) }
    switch JobVerdict.verdict(on: evidence, patience) {
    case .done:
      // The record may be seen before the ending, which is written after it.
      if case .madeByAnother = ending?.ending { return finish(key, .madeByAnother) }
      let seconds = (try? store.storedRecord(key))?.seconds
      finish(key, .ran(seconds: seconds ?? work.begun.secondsSoFar))
    case .ended: finish(key, ending?.ending ?? .madeByAnother)
    case .wait:
      if evidence.ending == .stopped { queue.expectNews() }
      if evidence.row?.state == "RUNNING", !work.hasStarted {
        ordered[key]?.hasStarted = true
        tell(.started(stage: work.order.stage.name))
      }
    case .again(let excludingNode, let isProgress):
      if excludingNode, let node = evidence.row?.node, !node.isEmpty {
        ordered[key]?.resources.excludedNodes.append(node)
      }
      // A job that is held would stay in the queue.
      if evidence.row?.isLive == true { client.cancel([job.id]) }
      sayAgain(work, evidence)
      ordered[key]?.leaveJob(isProgress: isProgress)
    case .againWithMoreMemory:
      let memory = work.resources.memory
      ordered[key]?.resources.memory = min(memory * 2, settings.memoryLimit ?? memory)
      sayAgain(work, evidence)
      ordered[key]?.leaveJob(isProgress: true)
    case .againWithMoreTime:
      ordered[key]?.resources.time = planner.moreTime(for: work.order, than: work.resources)
      sayAgain(work, evidence)
      ordered[key]?.leaveJob(isProgress: false)
    case .fail(let failure):
      if case .held = failure { client.cancel([job.id]) }
      for line in logTail(of: job) { tell(.said(stage: work.order.stage.name, line)) }
      let problem = Diagnostic(
        .failed(work.order.stage.name, failure, job: job.id, log: log(of: job)),
        at: work.order.stage.place)
      finish(key, .failed(problem, seconds: work.begun.secondsSoFar))
    }
  }

  private func evidence(
    of work: OrderedWork, _ job: OrderedWork.Job, _ ending: WrittenEnding?
  ) -> JobEvidence {
    var evidence = JobEvidence()
    evidence.isListed = queue.covers(job.since)
    evidence.row = queue.row(of: job)
    let isGone = evidence.isListed && evidence.row?.isLive != true
    evidence.isClaimed = isGone && store.isClaimed(work.claim)
    evidence.secondsGone =
      ordered[work.key]?.absence.note(isGone: isGone, isClaimed: evidence.isClaimed) ?? 0
    guard ending != nil || isGone else { return evidence }
    evidence.isRecorded = isRecorded(work)
    switch ending?.ending {
    case .ran, nil: break
    case .stopped(let seconds):
      evidence.ending = .stopped
      evidence.hadItsTime = work.resources.isOver(after: seconds)
    case .failed where ending?.isShortOfMemory == true: evidence.ending = .shortOfMemory
    case .madeByAnother, .failed, .missing: evidence.ending = .told
    }
    evidence.hasMoved = store.checkpointMark(of: work.claim) != work.checkpoint
    evidence.failedTries = work.failedTries
    evidence.mayHaveMoreMemory =
      settings.memoryLimit.map { work.resources.memory < $0 } ?? false
    if isGone {
      evidence.mayHaveMoreTime = planner.moreTime(for: work.order, than: work.resources) != nil
      evidence.hasLog = (try? FileStatus(ofPath: log(of: job))) != nil
      evidence.logTellsOfMemory = logTail(of: job).contains { line in
        line.contains("exceeded memory limit") || line.lowercased().contains("oom")
      }
    }
    return evidence
  }

  private func sayAgain(_ work: OrderedWork, _ evidence: JobEvidence) {
    let state = evidence.row.map { row in
      row.state + (row.node.isEmpty ? "" : " on \(row.node)")
    }
    let why = evidence.ending == .stopped ? "stopped at a checkpoint" : state ?? "no longer listed"
    tell(
      .said(stage: work.order.stage.name, "submitted again: job \(work.job?.id ?? "") \(why)"))
  }

  private func log(of job: OrderedWork.Job) -> String {
    "\(ArrayFiles(of: job.name, program).logs)/\(job.id).out"
  }

  /// The last lines that a job wrote.
  private func logTail(of job: OrderedWork.Job) -> [String] {
    guard let bytes = try? FileBytes.read(log(of: job), in: SystemFiles()) else { return [] }
    return String(decoding: bytes.suffix(4 << 10), as: UTF8.self).split(separator: "\n").suffix(10)
      .map(String.init)
  }
}

extension Diagnostic.Message {
  fileprivate static func failed(
    _ stage: String, _ failure: JobVerdict.Failure, job: String, log: String
  ) -> Self {
    let what = "the job \(job) of '\(stage)'"
    return switch failure {
    case .outOfMemory:
      Self(
        "\(what) needed more memory than it was given",
        remedy: "give the stage more: needs = { memory = \"16G\" }, or allow it: memory-limit")
    case .outOfTime:
      Self(
        "\(what) took longer than it was given, and left no checkpoint",
        remedy: "give the stage more: needs = { time = \"4h\" }")
    case .held(let reason):
      Self("\(what) can never start: \(reason)", remedy: "look at partition, account and needs")
    case .lost(let state):
      Self(
        "\(what) got nowhere \(JobVerdict.mostTries + 1) times; at last it was \(state)",
        remedy: "look at the nodes, and at what it wrote: \(log)")
    }
  }
}
