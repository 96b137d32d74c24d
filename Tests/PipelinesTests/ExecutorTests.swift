import Artifacts
import Diagnostics
import Dispatch
import Pipelines
import Synchronization
import Testing
import ToyStages

/// Carries orders out as a batch system would: later, one by one, the latest first, by workers that
/// have the plan and the store alone.
private final class BatchExecutor: Executor {
  /// What becomes of the work on a stage.
  enum Fate {
    case done
    /// The work is done, but the news of it never arrives.
    case newsLost
    /// The work is gone before it began.
    case lost
    /// Said to be done without having been begun.
    case pretended
    /// Its input is said to be missing.
    case inputMissing
  }

  typealias Pending = (order: StageOrder, end: @Sendable (StageEnding) -> Void)

  private let plan: Plan
  private let storeRoot: String
  private let fates: [String: Fate]
  private let pending = Mutex<[Pending]>([])
  private let started = Mutex<[String]>([])
  private let queue = DispatchQueue(label: "batch")

  init(plan: Plan, storeRoot: String, fates: [String: Fate] = [:]) {
    self.plan = plan
    self.storeRoot = storeRoot
    self.fates = fates
  }

  /// The stages that were ordered, in turn.
  var orders: [String] { started.withLock { $0 } }

  func begin(_ order: StageOrder, end: @escaping @Sendable (StageEnding) -> Void) {
    started.withLock { $0.append(order.stage.name) }
    pending.withLock { $0.append((order, end)) }
    queue.async {
      guard let (order, end) = self.pending.withLock({ $0.popLast() }) else { return }
      end(self.ending(of: order))
    }
  }

  private func ending(of order: StageOrder) -> StageEnding {
    switch fates[order.stage.name] ?? .done {
    case .done: return work(on: order)
    case .newsLost:
      _ = work(on: order)
      return .failed(Self.problem("the job is gone"), seconds: 0)
    case .lost: return .failed(Self.problem("the job is gone"), seconds: 0)
    case .pretended: return .ran(seconds: 1)
    case .inputMissing:
      guard let digest = order.key["from"].flatMap(StageKey.digest) else { return work(on: order) }
      return .missing(digest, Self.problem("it cannot be opened"), seconds: 0)
    }
  }

  private func work(on order: StageOrder) -> StageEnding {
    let worker = StageWorker(
      in: ArtifactStore(root: storeRoot, isDurable: false), interruption: Interruption(),
      observer: Heard())
    return worker.perform(
      plan.stages[order.stage.index], of: plan, cores: order.cores, bytesOf: order.neededPorts)
  }

  private static func problem(_ text: String) -> Diagnostic {
    Diagnostic(Diagnostic.Message(text))
  }
}

struct ExecutorTests {
  private let workshop: Workshop
  private let plan: Plan

  init() throws {
    workshop = try Workshop(files: ["letters.txt": "letters\n"])
    plan = try workshop.plan(
      """
      \(KeyTests.definition)

      [stage.again]
      kind = "shout"
      from = "append"

      [stage.join]
      from = ["again", "read"]
      """)
  }

  private func run(
    _ fates: [String: BatchExecutor.Fate] = [:]
  ) throws -> (report: RunReport, orders: [String]) {
    let executor = BatchExecutor(plan: plan, storeRoot: workshop.store.root, fates: fates)
    let runner = Runner(
      plan: plan, store: workshop.store, jobs: 3, cores: 3, interruption: Interruption(),
      observer: Heard(), executor: executor)
    return (try runner.run(plan.cone(of: [])), executor.orders)
  }

  @Test func `workers that know the plan and the store alone make the same records`() throws {
    let (report, orders) = try run()
    #expect(orders.count == plan.stages.count)
    #expect(report.ran == plan.stages.count)
    let other = try Workshop(files: ["letters.txt": "letters\n"])
    let threads = try other.run(try other.plan(KeyTests.definition))
    for stage in threads.stages {
      let record = try #require(stage.record)
      let made = try #require(report.stages.first { $0.stage == stage.stage }?.record)
      #expect(made.keyText == record.keyText)
      #expect(made.outputs.map(\.digest) == record.outputs.map(\.digest))
    }
    #expect(try workshop.run(plan).ran == 0)
  }

  @Test func `a result in the store counts, whatever is heard of the work on it`() throws {
    let (report, _) = try run(["append": .newsLost])
    #expect(report.failed == 0)
    #expect(report.outcomes["append"] == "cached")
    #expect(report.outcomes["join"] == "ran")
  }

  @Test func `work that is lost fails its stage with the reason, and the next run does it`() throws
  {
    let (report, _) = try run(["append": .lost])
    #expect(report.outcomes["append"] == "failed")
    #expect(report.outcomes["join"] == "blocked")
    #expect(try problem(of: "append", in: report) == "the job is gone")
    #expect(try run().report.outcomes["append"] == "ran")
  }

  @Test func `work that is said to be done without a result is a failure`() throws {
    let (report, _) = try run(["append": .pretended])
    #expect(
      try problem(of: "append", in: report)
        == "'append' was carried out, but its result is not in the store")
  }

  @Test func `no stage is sent back twice for one artifact`() throws {
    let (report, orders) = try run(["append": .inputMissing])
    #expect(orders.filter { $0 == "append" }.count == 2)
    #expect(try problem(of: "append", in: report) == "it cannot be opened")
  }

  @Test func `a worker says which stage must be done first`() throws {
    let worker = StageWorker(
      in: workshop.store, interruption: Interruption(), observer: Heard())
    let stage = try #require(plan["again"])
    guard case .failed(let problem, _) = worker.perform(stage, of: plan, cores: 1) else {
      Issue.record("it did not fail")
      return
    }
    #expect(
      problem.message.problem
        == "'again' cannot begin: 'read', which it needs, has no result in the store")
    #expect(problem.place?.line == stage.place.line)
  }

  @Test func `a worker that is asked to stop does not look for earlier work`() throws {
    _ = try run()
    let more = try workshop.plan(KeyTests.definition, set: ["grow.rounds=99"])
    let interruption = Interruption()
    interruption.request()
    let worker = StageWorker(in: workshop.store, interruption: interruption, observer: Heard())
    guard case .stopped = worker.perform(try #require(more["grow"]), of: more, cores: 1) else {
      Issue.record("it did not stop")
      return
    }
  }

  private func problem(of stage: String, in report: RunReport) throws -> String {
    let outcome = try #require(report.stages.first { $0.stage == stage }?.outcome)
    if case .failed(let problem) = outcome { return problem.message.problem }
    return "it did not fail"
  }
}
