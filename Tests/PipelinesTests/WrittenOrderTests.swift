import Artifacts
import Diagnostics
import Dispatch
import Files
import Fixtures
import Formats
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
    ["grow.rounds=3", "append.times=3"],
  ])
  func `a text in the store is enough to carry a stage out`(_ settings: [String]) throws {
    let plan = try workshop.plan(KeyTests.definition, set: settings)
    let report = try run(plan)
    #expect(report.ran == plan.stages.count)
    let other = try Workshop(files: ["letters.txt": "letters\n"])
    #expect(try other.run(KeyTests.definition, set: settings).keys == report.keys)
  }

  @Test(arguments: [
    KeyTests.definition.replacing("seed = 7", with: "seed = 7\ntest = \"final\""),
    KeyTests.definition.replacing("seed = 7", with: "seed = 7\ntest = \"\"\"fin\\\nal\"\"\""),
    KeyTests.definition
      + "\n\n[sweep.many]\nlist = [{ \"grow.rounds\" = 1 }]\n[executor]\njobs = 3",
    KeyTests.definition.replacing(
      "seed = 7", with: "seed = 7\nsweep.many.list = [{ \"grow.rounds\" = 1 }]"),
    KeyTests.definition.replacing("times = 2", with: "times = 2 # [stage.no]\r"),
    KeyTests.definition.replacing(
      "suffix = \"à la \\\"carte\\\"\\n\"", with: "suffix = \"\"\"\n[stage.no]\n[stage.x]\"\"\""),
    "stage.read.path = \"letters.txt\"\nstage.append.from = \"read\"",
    "[stage]\nread = { path = \"letters.txt\" }\nappend = { from = \"read\", times = 2 }",
    "[stage]\n[stage.append]\nfrom = \"read\"\n\n[stage.read]\npath = \"letters.txt\"\n",
  ])
  func `the lines of a stage and of what it needs are enough, however they are written`(
    _ definition: String
  ) throws {
    let plan = try workshop.plan(definition)
    let report = try run(plan)
    #expect(report.ran == plan.stages.count)
    let other = try Workshop(files: ["letters.txt": "letters\n"])
    #expect(try other.run(definition).keys == report.keys)
  }

  @Test func `an order holds nothing of stages that its own does not need`() throws {
    let plan = try workshop.plan(KeyTests.definition)
    let keys = try run(plan).keys
    func order(_ stage: String) throws -> String {
      let bytes = try workshop.store.order(named: "\(try #require(keys[stage]))")
      return String(decoding: try #require(bytes), as: UTF8.self)
    }
    func holds(_ order: String) -> [String] {
      plan.stages.map(\.name).filter { order.contains("[stage.\($0)]") }
    }
    #expect(try holds(order("append")) == ["read", "append"])
    #expect(try holds(order("grow")) == ["read", "append", "deal", "shout", "grow"])
  }

  @Test func `lines that follow one another are one piece, in the order of the definition`() throws
  {
    let plan = try workshop.plan(
      """
      name = "toy"

      [stage.append]
      from = "read"

      [stage.other]
      kind = "read"
      path = "letters.txt"

      [sweep.many]
      list = [{ "append.times" = 1 }]

      [stage.read]
      path = "letters.txt"

      [executor]
      jobs = 3
      """)
    let keys = try run(plan).keys
    func pieces(_ stage: String) throws -> [[JSONValue?]] {
      let bytes = try workshop.store.order(named: "\(try #require(keys[stage]))")
      let json = try JSONValue(parsing: try #require(bytes), file: stage)
      let pieces = try #require(json["definition"]?["pieces"]?.arrayValue)
      return pieces.map { [$0["line"], $0["text"]] }
    }
    let read = "[stage.read]\npath = \"letters.txt\"\n\n[executor]\njobs = 3"
    let append = "name = \"toy\"\n\n[stage.append]\nfrom = \"read\"\n\n"
    #expect(try pieces("append") == [[1, .string(append)], [13, .string(read)]])
    #expect(try pieces("read") == [[1, "name = \"toy\"\n\n"], [13, .string(read)]])
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

  @Test(arguments: ["", "[stage.other]\nkind = \"read\"\npath = \"letters.txt\"\n\n"])
  func `a failure comes back with its place and its remedy`(_ before: String) throws {
    let plan = try workshop.plan(before + Workshop.appended + "\nfailing = 1")
    let report = try run(plan)
    let failed = report.stages.first { $0.stage == "append" }
    guard case .failed(let problem) = failed?.outcome else {
      Issue.record("it did not fail")
      return
    }
    #expect(problem.message.problem == "told to fail")
    #expect(problem.place == plan["append"]?.place)
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
