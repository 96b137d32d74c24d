import Artifacts
import Fixtures
import Pipelines
import Testing
import ToyStages

/// The tutorial "Add an executor": its code is this file's and `QueueExecutor.swift`'s.
struct ExecutorTutorialTests {
  @Test func `workers that share nothing but the store give what threads give`() throws {
    let workshop = try Workshop(files: ["letters.txt": "letters\n"])
    let plan = try workshop.plan(KeyTests.definition)
    let runner = Runner(
      plan: plan, store: workshop.store, jobs: 2, cores: 2, interruption: Interruption(),
      observer: Heard(), executor: QueueExecutor(plan: plan, store: workshop.store.root))
    let report = try runner.run(plan.cone(of: []))
    #expect(report.ran == plan.stages.count)

    let other = try Workshop(files: ["letters.txt": "letters\n"])
    let threads = try other.run(try other.plan(KeyTests.definition))
    #expect(report.keys == threads.keys)
    #expect(try workshop.run(plan).ran == 0)
  }

  @Test func `the tutorial shows code that is compiled`() throws {
    let tutorial = try Tutorial("Sources/Pipelines/Pipelines.docc/AddAnExecutor.md")
    let files = ["QueueExecutor.swift", "ExecutorTutorialTests.swift"]
    #expect(
      try tutorial.swiftMissing(from: files.map { "Tests/PipelinesTests/Tutorials/\($0)" }) == [])
    #expect(tutorial.blocks("swift").count == 2)
  }
}
