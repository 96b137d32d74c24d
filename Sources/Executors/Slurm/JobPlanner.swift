import Artifacts
import Diagnostics
import Digests
import Pipelines

/// Decides what jobs are to have, and which stages come into one.
struct JobPlanner {
  let settings: ClusterSettings
  var past: PastStages
  let client: SlurmClient
  /// The name of the detached run that the arrays are for; nil for none.
  let continued: String?
  /// What the partition has; asked for where records tell of something that it may bound.
  private lazy var limits = client.limits(of: settings)

  init(
    settings: ClusterSettings, past: PastStages, _ client: SlurmClient, continued: String? = nil
  ) {
    self.settings = settings
    self.past = past
    self.client = client
    self.continued = continued
  }

  /// What a stage's job is to have: as its definition says, else the settings, else as records tell.
  ///
  /// The memory of the settings is the least that a job gets; what else they say is meant as it is.
  ///
  /// - Returns: also what of it records tell: `memory`, `time`.
  mutating func needs(of order: StageOrder) -> (resources: JobResources, told: [String]) {
    let (needs, learned) = (order.stage.needs, learned(of: order))
    var told: [String] = []
    func tell<Value>(_ name: String, _ value: Value?) -> Value? {
      if value != nil { told.append(name) }
      return value
    }
    let given = needs.cores ?? settings.coresByKind[order.stage.kind.kind] ?? settings.cores
    let cores = given ?? tell("cores", learned.cores) ?? 1
    let more = learned.memory.flatMap { $0 > settings.memory ? $0 : nil }
    let memory = needs.memory ?? tell("memory", more) ?? settings.memory
    let time = needs.seconds ?? settings.time ?? tell("time", learned.time(on: cores))
    return (JobResources(cores: cores, memory: memory, time: time), told)
  }

  /// More time for a stage that had too little by its records; nil where there is none to be had.
  mutating func moreTime(for order: StageOrder, than resources: JobResources) -> Double? {
    guard order.stage.needs.seconds == nil, settings.time == nil else { return nil }
    let learned = learned(of: order)
    return resources.time.flatMap { learned.time(beyond: $0) }
  }

  private mutating func learned(of order: StageOrder) -> LearnedNeeds {
    let work = past.work(of: order)
    return LearnedNeeds(work, within: work.isEmpty ? nil : limits)
  }

  /// The arrays for some stages, which are to have what stands beside them.
  ///
  /// - Parameter limit: how many jobs an array may have; nil where that is not known.
  mutating func arrays(
    for stages: [(order: StageOrder, resources: JobResources)], limit: Int?
  ) -> [JobArray] {
    let groups = Dictionary(grouping: stages, by: \.resources).values
    let chunk = max(1, min(settings.chunk, limit ?? settings.chunk))
    var arrays: [JobArray] = []
    for group in groups.sorted(by: { $0[0].order.key.digest < $1[0].order.key.digest }) {
      let resources = group[0].resources
      let jobs = jobs(for: group.map(\.order), resources)
      for start in stride(from: 0, to: jobs.count, by: chunk) {
        arrays.append(
          JobArray(
            manifest: Manifest(Array(jobs[start..<min(start + chunk, jobs.count)])),
            resources: resources, settings: settings, continued: continued))
      }
    }
    return arrays
  }

  /// The keys of each job for stages that are to have equal resources.
  private mutating func jobs(
    for orders: [StageOrder], _ resources: JobResources
  ) -> [[Digest]] {
    let seconds = orders.map { order in
      LearnedNeeds(past.work(of: order), within: nil).seconds(on: resources.cores)
    }
    let isAnyKnown = seconds.contains { $0 != nil }
    let jobs = JobPacking.jobs(
      for: seconds, slots: settings.jobs,
      room: isAnyKnown ? limits?.slots(for: resources) : nil)
    return jobs.map { places in places.map { orders[$0].key.digest } }
  }
}

/// The files of an array among the orders of a store, and where its jobs write.
struct ArrayFiles {
  static let (manifestSuffix, scriptSuffix, logsSuffix) = (".keys", ".sh", ".logs")

  /// By absolute paths.
  let (manifest, script, logs): (String, String, String)

  init(of name: String, _ program: WorkProgram) {
    let path = "\(program.store)/orders/\(name)"
    manifest = path + Self.manifestSuffix
    script = path + Self.scriptSuffix
    logs = path + Self.logsSuffix
  }
}
