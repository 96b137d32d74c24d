import Artifacts
import Diagnostics
import Digests
import Pipelines
import Synchronization

/// Writes the orders of stages that could begin, and afterwards prints what would carry them out.
package final class PrintingExecutor: Executor {
  /// How many orders it may be given at once: as many as there are.
  package static let jobs = 1 << 20

  private let program: WorkProgram
  private let store: ArtifactStore
  private let writer: OrderWriter
  private let orders = Mutex<[StageOrder]>([])

  package init(program: WorkProgram, store: ArtifactStore, keepsStateOfFailures: Bool) {
    self.program = program
    self.store = store
    writer = OrderWriter(to: store, keepsStateOfFailures: keepsStateOfFailures)
  }

  package func begin(_ order: StageOrder, end: @escaping @Sendable (StageEnding) -> Void) {
    do throws(Diagnostic) {
      try writer.write(order)
      orders.withLock { $0.append(order) }
      end(.stopped(seconds: 0))
    } catch { end(.failed(error, seconds: 0)) }
  }

  /// A line of shell for each order.
  package var lines: [String] {
    orders.withLock { orders in
      orders.map { ShellWord.line(program.words(for: [$0.key.digest])) }
    }
  }

  /// What would submit the orders to Slurm: for each array its script and what of its needs records
  /// tell, as comments, and a line of shell.
  package func slurmLines(
    _ settings: ClusterSettings, _ client: SlurmClient = SlurmClient()
  ) throws(Diagnostic) -> [String] {
    var planner = JobPlanner(settings: settings, past: PastStages(in: store), client)
    var stages: [(order: StageOrder, resources: JobResources)] = []
    var told: [Digest: [String]] = [:]
    for order in orders.withLock({ $0 }) {
      let needs = planner.needs(of: order)
      stages.append((order, needs.resources))
      told[order.key.digest] = needs.told
    }
    var lines: [String] = []
    for array in planner.arrays(for: stages, limit: nil) {
      try array.write(to: store, program)
      let files = ArrayFiles(of: array.name, program)
      let script = array.script(program, manifestPath: files.manifest)
      lines += script.split(separator: "\n").map { "# \($0)" }
      let learned = Set(array.keys.flatMap { told[$0] ?? [] }).sorted()
      if !learned.isEmpty { lines.append("# as records tell: \(learned.joined(separator: ", "))") }
      lines.append(
        "\(ShellWord.line(array.words(logs: files.logs))) < \(ShellWord.quoted(files.script))")
    }
    return lines
  }
}
