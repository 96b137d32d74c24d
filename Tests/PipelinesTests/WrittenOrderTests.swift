import Artifacts
import Diagnostics
import Dispatch
import Files
import Fixtures
import Pipelines
import Testing
import ToyStages

/// Carries orders out from their texts in the store alone, as a process elsewhere would.
private struct TextExecutor: Executor {
  let store: ArtifactStore
  let between: @Sendable (StageOrder) -> Void

  func begin(_ order: StageOrder, end: @escaping @Sendable (StageEnding) -> Void) {
    do throws(Diagnostic) {
      try OrderWriter(to: store, keepsStateOfFailures: true).write(order)
      between(order)
      guard let read = try WrittenOrder(order.key.digest, in: store) else {
        return end(.failed(Diagnostic(Diagnostic.Message("no order")), seconds: 0))
      }
      let worker = StageWorker(
        in: ArtifactStore(root: store.root, isDurable: false), interruption: Interruption(),
        observer: Heard())
      let ending = worker.perform(read, cores: 1, catalog: ToyKinds.catalog)
      try WrittenEnding(ending, job: "7_3").write(of: order.key.digest, to: store)
      guard let written = WrittenEnding(of: order.key.digest, in: store) else {
        return end(.failed(Diagnostic(Diagnostic.Message("no ending")), seconds: 0))
      }
      end(written.ending)
    } catch { end(.failed(error, seconds: 0)) }
  }
}

struct WrittenOrderTests {
  private let workshop: Workshop

  init() throws { workshop = try Workshop(files: ["letters.txt": "letters\n"]) }

  private func run(
    _ plan: Plan, between: @escaping @Sendable (StageOrder) -> Void = { _ in }
  ) throws -> RunReport {
    let runner = Runner(
      plan: plan, store: workshop.store, jobs: 1, cores: 1, interruption: Interruption(),
      observer: Heard(), executor: TextExecutor(store: workshop.store, between: between))
    return try runner.run(plan.cone(of: []))
  }

  @Test(arguments: [
    [], ["append.suffix=\"4\"", "append.times=3"], ["append.weight=2.5e-7"], ["seed=5"],
    ["append.marks=[\"a b\", \"\\\"=.\\u0001é\"]"], ["append.suffix=\u{7F}x"],
  ])
  func `a text in the store is enough to carry a stage out`(_ settings: [String]) throws {
    let plan = try workshop.plan(KeyTests.definition, set: settings)
    let report = try run(plan)
    #expect(report.ran == plan.stages.count)
    let other = try Workshop(files: ["letters.txt": "letters\n"])
    #expect(try other.run(KeyTests.definition, set: settings).keys == report.keys)
  }

  @Test func `a definition that is edited meanwhile does not matter`() throws {
    let path = try workshop.folder.write("toy.toml", Workshop.appended)
    let plan = try workshop.plan(Workshop.appended)
    let report = try run(plan) { _ in
      try? OpenFile(path, for: .replace, in: SystemFiles()).write("nothing".utf8.span)
    }
    #expect(report.ran == 2)
  }

  @Test func `an input that has changed since is not taken for what was ordered`() throws {
    let path = workshop.folder.path("letters.txt")
    let plan = try workshop.plan(Workshop.appended)
    let report = try run(plan) { order in
      if order.stage.name == "read" {
        try? OpenFile(path, for: .replace, in: SystemFiles()).write("other letters".utf8.span)
      }
    }
    #expect(report.failed == 1)
    guard case .failed(let problem) = report.stages[0].outcome else { return }
    #expect(problem.message.problem.hasPrefix("'read' is not what was ordered"))
    #expect(problem.place?.line == plan.stages[0].place.line)
  }

  @Test func `a failure comes back with its place and its remedy`() throws {
    let plan = try workshop.plan(Workshop.appended + "\nfailing = 1")
    let report = try run(plan)
    guard case .failed(let problem) = report.stages[1].outcome else {
      Issue.record("it did not fail")
      return
    }
    #expect(problem.message.problem == "told to fail")
    #expect(problem.place == plan.stages[1].place)
  }

  @Test func `orders and endings are gone when the next run finds the records`() throws {
    let plan = try workshop.plan(Workshop.appended)
    _ = try run(plan)
    #expect(try workshop.store.orderNames().count == 4)
    #expect(try run(plan).ran == 0)
    #expect(try workshop.store.orderNames() == [])
  }

  @Test func `an order that was cut short is an error that says so`() throws {
    let plan = try workshop.plan(Workshop.appended)
    let key = try #require(try run(plan).stages.first?.key?.digest)
    try workshop.store.setOrder(named: "\(key)", to: "{\"stage\": \"read\"}")
    #expect(throws: Diagnostic.self) { try WrittenOrder(key, in: workshop.store) }
    try workshop.store.setOrder(named: WrittenEnding.name(of: key), to: "{\"ended\": \"ra")
    #expect(WrittenEnding(of: key, in: workshop.store) == nil)
  }

  @Test func `a worker is told why a result must not be recorded`() throws {
    let plan = try workshop.plan(Workshop.appended)
    let worker = StageWorker(
      in: workshop.store, interruption: Interruption(), observer: Heard()
    ) { () throws(Diagnostic) in throw Diagnostic(Diagnostic.Message("memory ran out")) }
    guard case .failed(let problem, _) = worker.perform(plan.stages[0], of: plan, cores: 1) else {
      Issue.record("it did not fail")
      return
    }
    #expect(problem.message.problem == "memory ran out")
    #expect(try run(plan).ran == 2)
  }
}
