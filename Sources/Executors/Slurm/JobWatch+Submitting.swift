import Artifacts
import Diagnostics
import Digests
import Pipelines

/// How stages come into jobs.
extension JobWatch {
  /// The most stages that are in jobs at once; schedulers limit how many jobs they know.
  private static let mostInJobs = 2_000

  /// How many more stages may be in jobs.
  var roomInJobs: Int { Self.mostInJobs - ordered.values.count { $0.job != nil } }

  /// Submits what waits, unless a living job has it already, or another process submits just now.
  func submitWaiting() {
    let room = roomInJobs
    guard submission.isDue, room > 0, !waiting.isEmpty else { return }
    do throws(Diagnostic) {
      guard let turn = try takeTurn() else { return }
      defer { withExtendedLifetime(turn) {} }
      guard !isDisowned else { return }
      // What was submitted by a process that died, or by a call that gave no answer, is in the queue.
      list()
      guard queue.covers(.now - .seconds(5)) else { return submission.slowDown() }
      // A scheduler that has what was submitted may be asked for more without delay.
      if adopt() { submission.hurry() }
      // Jobs that nobody knew of may have ended since.
      for work in waiting where isRecorded(work) { finish(work.key, .madeByAnother) }
      let stages = waiting.prefix(room).map { ($0.order, $0.resources) }
      for array in planner.arrays(for: stages, limit: client.largestArray()) { submit(array) }
      try keepOwner()
    } catch { for work in waiting { finish(work.key, .failed(error, seconds: 0)) } }
  }

  /// Those that are in no job, in a fixed order.
  var waiting: [OrderedWork] {
    ordered.values.filter { $0.job == nil }.sorted { $0.key < $1.key }
  }

  /// Takes over the living jobs whose manifests have stages that wait, and the ended ones that a call
  /// of this process submitted without an answer.
  ///
  /// - Returns: whether there were any.
  private func adopt() -> Bool {
    var isAnyFound = false
    for row in queue.rows.values where row.name.hasPrefix(JobArray.namePrefix) {
      guard row.isLive || ownNames.contains(row.name), let index = row.index,
        let manifest = manifest(named: row.name)
      else { continue }
      for key in manifest[index] {
        guard let work = ordered[key], work.job == nil, !work.pastJobs.contains(row.id) else {
          continue
        }
        ordered[key]?.enter(row.id, of: row.name, checkpoint: store.checkpointMark(of: work.claim))
        isAnyFound = true
      }
    }
    return isAnyFound
  }

  /// The manifest of an array; nil for one of another store.
  private func manifest(named name: String) -> Manifest? {
    if let known = manifests[name] { return known }
    manifests[name] = Manifest(of: name, in: store)
    return manifests[name]
  }

  private func submit(_ array: JobArray) {
    do throws(Diagnostic) {
      // Whatever else has the name later was submitted now.
      let before = queue.rows.values.filter { $0.name == array.name }.map(\.id)
      for key in array.keys {
        guard let order = ordered[key]?.order else { continue }
        ordered[key]?.pastJobs.formUnion(before)
        try orders.write(order)
      }
      try array.write(to: store, program)
      manifests[array.name] = array.manifest
      ownNames.insert(array.name)
      let files = ArrayFiles(of: array.name, program)
      take(client.submit(array.words(logs: files.logs), script: files.script), of: array)
    } catch { for key in array.keys { finish(key, .failed(error, seconds: 0)) } }
  }

  private func take(_ outcome: SubmissionOutcome, of array: JobArray) {
    switch outcome {
    case .submitted(let id):
      for index in 0..<array.manifest.count {
        for key in array.manifest[index] {
          guard let work = ordered[key] else { continue }
          ordered[key]?.enter(
            "\(id)_\(index)", of: array.name, checkpoint: store.checkpointMark(of: work.claim))
        }
      }
      submission.hurry()
      queue.expectNews()
    case .unclear(let text):
      warn(.unclear(text))
      submission.slowDown()
    case .refused(let text):
      for key in array.keys {
        let place = ordered[key]?.order.stage.place
        finish(key, .failed(Diagnostic(.refused(text), at: place), seconds: 0))
      }
    }
  }

  /// Removes the manifests, scripts and logs of arrays none of whose stages is ordered any more.
  func removeFinishedManifests() {
    let names = Set((try? store.orderNames()) ?? [])
    for name in names where name.hasSuffix(ArrayFiles.manifestSuffix) {
      let array = String(name.dropLast(ArrayFiles.manifestSuffix.count))
      guard let manifest = manifest(named: array),
        !manifest.keys.contains(where: { names.contains("\($0)") })
      else { continue }
      for suffix in [ArrayFiles.manifestSuffix, ArrayFiles.scriptSuffix, ArrayFiles.logsSuffix] {
        store.removeOrder(named: array + suffix)
      }
      manifests[array] = nil
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func unclear(_ text: String) -> Self {
    Self(
      "it is not clear whether jobs were submitted: \(text)",
      remedy: "nothing: they are looked for, and submitted again if they are not there")
  }

  fileprivate static func refused(_ text: String) -> Self {
    Self(
      "Slurm does not take the job: \(text)",
      remedy: "look at partition, account, options and needs")
  }
}
