import Artifacts
import Diagnostics
import Digests
import Pipelines

/// Decides what jobs are to have, and which stages come into one.
struct JobPlanner {
  private static let gigabyte = 1 << 30

  let settings: ClusterSettings
  var past: PastStages
  /// The name of the detached run that the arrays are for; nil for none.
  var continued: String?

  /// What a stage's job is to have: as its definition says, else the settings, else as it had before.
  func resources(for order: StageOrder) -> JobResources {
    let (stage, needs) = (order.stage, order.stage.needs)
    // Processes that did more than this stage had higher peaks, and no peak is exactly repeated.
    let known = (past[stage.baseName]?.peakBytes ?? 0) / 4 * 5
    let memory = max(settings.memory, known)
    // In whole gigabytes, so that stages that need about as much come into one array.
    let rounded = (memory + Self.gigabyte - 1) / Self.gigabyte * Self.gigabyte
    return JobResources(
      cores: needs.cores ?? settings.coresByKind[stage.kind.kind] ?? settings.cores,
      memory: needs.memory ?? (known > settings.memory ? rounded : memory),
      time: needs.seconds ?? settings.time)
  }

  /// The arrays for some stages, which are to have what stands beside them.
  ///
  /// - Parameter limit: how many jobs an array may have; nil where that is not known.
  func arrays(
    for stages: [(order: StageOrder, resources: JobResources)], limit: Int?
  ) -> [JobArray] {
    let groups = Dictionary(grouping: stages, by: \.resources).values
    let chunk = max(1, min(settings.chunk, limit ?? settings.chunk))
    return groups.sorted { $0[0].order.key.digest < $1[0].order.key.digest }.flatMap { group in
      let seconds = group.map { past[$0.order.stage.baseName]?.seconds }
      let jobs = JobPacking.jobs(for: seconds, slots: settings.jobs)
      return stride(from: 0, to: jobs.count, by: chunk).map { start in
        let keys = jobs[start..<min(start + chunk, jobs.count)].map { places in
          places.map { group[$0].order.key.digest }
        }
        return JobArray(
          manifest: Manifest(keys), resources: group[0].resources, settings: settings,
          continued: continued)
      }
    }
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
