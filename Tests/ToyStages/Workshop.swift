import Artifacts
import Diagnostics
import Files
import Fixtures
import Pipelines
import Synchronization
import Testing

/// A folder with files and a store, in which definitions of toy kinds are read and run.
package struct Workshop {
  /// Stages that read `letters.txt` and put something behind; options of `append` may follow.
  package static let appended = """
    [stage.read]
    path = "letters.txt"

    [stage.append]
    from = "read"
    """

  /// What is appended, dealt into parts, shouted, and cut short.
  package static let cut = """
    \(appended)

    [stage.deal]
    from = "append"

    [stage.shout]
    from = "deal"

    [stage.cut]
    from = "shout.train"
    length = 3
    """

  package let folder: TemporaryFolder
  package let store: ArtifactStore

  package init(files: [String: String] = [:]) throws {
    folder = try TemporaryFolder()
    store = ArtifactStore(root: folder.path("store"), isDurable: false)
    for (name, text) in files { try folder.write(name, text) }
  }

  /// A folder in which a definition and its letters lie.
  package init(definition: String) throws {
    try self.init(files: ["letters.txt": "letters", "toy.toml": definition])
  }

  /// The store as another process opens it.
  package func reopened() -> ArtifactStore { ArtifactStore(root: store.root, isDurable: false) }

  /// The definition's plan; a definition with problems fails the test.
  package func plan(_ text: String, set overlay: [String] = [], file: String = "toy.toml") throws
    -> Plan
  {
    switch Self.read(text, set: overlay, file: folder.path(file)) {
    case .plan(let plan): return plan
    case .problems(let problems):
      Issue.record("\(problems.map(\.description).joined(separator: "\n"))")
      throw problems[0]
    }
  }

  package static func read(
    _ text: String, set overlay: [String] = [], file: String = "toy.toml"
  ) -> Plan.Reading {
    Plan.read(
      Array(text.utf8), file: file, overlay: overlay.compactMap { try? GivenOverlay($0) },
      catalog: ToyKinds.catalog)
  }

  /// Runs stages of a plan, and what they need.
  ///
  /// - Parameters:
  ///   - needed: outputs whose bytes must be there afterwards, by stage.
  ///   - other: the workshop's store, opened another time.
  @discardableResult
  package func run(
    _ plan: Plan, stages: [String] = [], bytesOf needed: [Int: Set<String>] = [:],
    in other: ArtifactStore? = nil, jobs: Int = 1, observer: Heard = Heard()
  ) throws -> RunReport {
    let runner = Runner(
      plan: plan, store: other ?? store, jobs: jobs, cores: jobs, interruption: Interruption(),
      observer: observer)
    return try runner.run(try plan.cone(of: stages), bytesOf: needed)
  }

  @discardableResult
  package func run(_ text: String, set overlay: [String] = [], jobs: Int = 1) throws -> RunReport {
    try run(try plan(text, set: overlay), jobs: jobs)
  }

  package func assess(_ text: String, set overlay: [String] = []) throws -> Assessment {
    try Assessment(of: plan(text, set: overlay), in: store)
  }

  /// The text of a stage's output.
  package func text(of report: RunReport, _ stage: String, _ port: String = "text") throws -> String
  {
    let found = report.stages.first { $0.stage == stage }
    let output = try #require(found?.record?.output(port))
    return String(decoding: try store.open(output.digest).contents, as: UTF8.self)
  }
}

/// Remembers what was said during a run.
package final class Heard: RunObserver {
  private let events = Mutex<[RunEvent]>([])

  package init() {}

  package func observe(_ event: RunEvent) { events.withLock { $0.append(event) } }

  package var notices: [String] {
    events.withLock { events in
      events.compactMap {
        if case .noticed(let problem) = $0 { problem.message.problem } else { nil }
      }
    }
  }
}

extension RunReport {
  /// How each stage came out, in a word.
  package var outcomes: [String: String] {
    Dictionary(stages.map { ($0.stage, $0.outcome.name) }, uniquingKeysWith: { first, _ in first })
  }

  /// The stages that ran, in the plan's order.
  package var ranStages: [String] { stages.filter { $0.outcome.name == "ran" }.map(\.stage) }

  package var keys: [String: String] {
    Dictionary(
      stages.map { ($0.stage, $0.key.map { "\($0.digest)" } ?? "") },
      uniquingKeysWith: { first, _ in first })
  }
}

extension Plan.Reading {
  /// Nil when the definition has problems.
  package var plan: Plan? { if case .plan(let plan) = self { plan } else { nil } }
}
