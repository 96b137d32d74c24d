import Artifacts
import Diagnostics
import Digests
import Pipelines

/// The stages that are under way in jobs, as one thread knows them.
final class JobWatch {
  /// How many looks go by until a record is looked for that nothing hints at.
  private static let looksPerRecord = 20

  let program: WorkProgram
  let store: ArtifactStore
  let client: SlurmClient
  let settings: ClusterSettings
  let orders: OrderWriter
  let tell: @Sendable (RunEvent) -> Void
  let patience: JobVerdict.Patience
  var planner: JobPlanner
  var ordered: [Digest: OrderedWork] = [:]
  var queue = QueueListing()
  /// The manifests of arrays, by the names of their jobs.
  var manifests: [String: Manifest] = [:]
  /// The names of the arrays that this process submitted, or tried to.
  var ownNames: Set<String> = []
  /// The jobs that had stages which have ended, by their keys: what is ordered again, as its result
  /// was lost or evicted, wants another one.
  private var endedJobs: [Digest: Set<String>] = [:]
  var submission = Backoff()
  /// How often everything was looked at; now and then records are looked for without any hint.
  private var lookCount = 0
  private var warnings: Set<Diagnostic.Message> = []
  /// The look at a detached run that this is; nil where a process waits for the jobs.
  let detachment: Detachment?
  /// This process as the store has it, once it waits for jobs.
  var owner: (text: JobOwner, claim: KeyClaim?)?

  init(
    program: WorkProgram, store: ArtifactStore, client: SlurmClient, settings: ClusterSettings,
    keepsStateOfFailures: Bool, detachment: Detachment?,
    tell: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.program = program
    self.store = store
    self.client = client
    self.settings = settings
    orders = OrderWriter(to: store, keepsStateOfFailures: keepsStateOfFailures)
    self.detachment = detachment
    self.tell = tell
    patience = FileSystemReach.patience(for: program.store)
    planner = JobPlanner(
      settings: settings, past: PastStages(in: store), client, continued: detachment?.name)
    removeFinishedManifests()
    JobOwner.removeDead(in: store)
  }

  /// Takes away what says that this process waits for jobs.
  func leave() {
    owner?.text.remove(from: store)
    owner = nil
  }

  var isIdle: Bool { ordered.isEmpty }

  func add(_ order: StageOrder, end: @escaping @Sendable (StageEnding) -> Void) {
    var work = OrderedWork(order, planner.needs(of: order).resources, end: end)
    if let attempt = detachment?.attempt(on: work.key) {
      if let failure = attempt.failure { return end(.failed(failure, seconds: 0)) }
      work.goOn(from: attempt)
    }
    work.pastJobs.formUnion(endedJobs[work.key] ?? [])
    ordered[work.key] = work
  }

  /// Looks once at everything, and does what is to be done.
  func look() {
    lookCount += 1
    if queue.isDue { list() }
    let endings = Set((try? store.orderNames()) ?? [])
    for key in ordered.keys.sorted() where ordered[key]?.job != nil {
      judge(
        key, hasEnding: endings.contains(WrittenEnding.name(of: key)),
        looksForRecord: lookCount % Self.looksPerRecord == 0)
    }
    submitWaiting()
  }

  /// Lists the jobs.
  func list() {
    guard queue.note(client.jobs()) else { return warn(.unlisted) }
  }

  /// Tells of a problem that does not stop the work, once.
  func warn(_ message: Diagnostic.Message) {
    guard warnings.insert(message).inserted else { return }
    tell(.noticed(Diagnostic(message, severity: .warning)))
  }

  func finish(_ key: Digest, _ ending: StageEnding) {
    guard let work = ordered.removeValue(forKey: key) else { return }
    if let job = work.job { endedJobs[key] = work.pastJobs.union([job.id]) }
    var ending = ending
    if let record = try? store.storedRecord(key) {
      planner.past.note(work.order.stage.baseName, record)
      store.removeOrder(on: key)
      // Of two copies of a job the second finds the result made.
      if case .madeByAnother = ending, record.when >= work.ordered {
        ending = .ran(seconds: record.seconds)
      }
    }
    if case .failed(let problem, _) = ending {
      detachment?.note([key: JobAttempt(failure: problem)])
    }
    work.end(ending)
  }

  func isRecorded(_ work: OrderedWork) -> Bool {
    guard let found = try? store.workOfOthers(for: work.key) else { return false }
    return found.evicted.isDisjoint(with: work.order.neededPorts)
  }
}

extension Diagnostic.Message {
  fileprivate static let unlisted = Self(
    "squeue does not answer; results are still looked for in the store",
    remedy: "nothing: what the jobs do is not in danger")
}
