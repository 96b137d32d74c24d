import Diagnostics
import Pipelines
import Testing
import ToyStages

struct ExecutorTableTests {
  private func problems(_ text: String) -> [String] {
    if case .problems(let problems) = Workshop.read(text) {
      return problems.map(\.message.problem)
    }
    return []
  }

  @Test func `a definition says where its stages are carried out and what they need`() throws {
    let plan = try #require(
      Workshop.read(
        """
        [executor]
        kind = "slurm"
        partition = "long"
        account = "lab"
        time = "1.5h"
        memory = "8G"
        memory-limit = "32 GB"
        cores = { grow = 4 }
        options = ["--qos=high"]
        jobs = 20
        chunk = 100

        [stage.read]
        path = "letters.txt"
        needs = { cores = 2, memory = "500M", time = "90s" }

        [stage.append]
        from = "read"
        """
      ).plan)
    let table = plan.definition.executor
    #expect(table.kind == .slurm && table.partition == "long" && table.account == "lab")
    #expect(table.seconds == 5400 && table.memory == 8_000_000_000)
    #expect(table.memoryLimit == 32_000_000_000 && table.coresByKind == ["grow": 4])
    #expect(table.options == ["--qos=high"] && table.jobs == 20 && table.chunk == 100)
    let needs = plan.stages[0].needs
    #expect(needs.cores == 2 && needs.memory == 500_000_000 && needs.seconds == 90)
    #expect(plan.stages[1].needs.cores == nil && plan.stages[1].needs.memory == nil)
  }

  @Test func `what a stage needs is in no key`() throws {
    let workshop = try Workshop(files: ["letters.txt": "letters\n"])
    let first = try workshop.run(Workshop.appended)
    let second = try workshop.run(
      Workshop.appended + "\nneeds = { cores = 8 }\n[executor]\njobs = 3\n")
    #expect(first.ran == 2 && second.ran == 0)
    #expect(first.keys == second.keys)
  }

  @Test func `needs can be set on the command line`() throws {
    let plan = try #require(
      Workshop.read(Workshop.appended, set: ["append.needs={ memory = \"2G\" }"]).plan)
    #expect(plan.stages[1].needs.memory == 2_000_000_000)
  }

  @Test(arguments: [
    ("[executor]\nkind = \"slrum\"", "'slrum' is no kind; did you mean 'slurm'?"),
    ("[executor]\nmemory = 8", "memory wants text in quotes, but this is an integer"),
    ("[executor]\nmemory = \"8 apples\"", "memory is out of range"),
    ("[executor]\ntime = \"0s\"", "time is out of range"),
    ("[executor]\ncores = 0", "cores is out of range"),
    ("[executor]\noptions = [1]", "options wants texts in quotes, but this is an integer"),
    ("[executor]\nqueue = \"a\"", "executor has no entry 'queue'"),
    ("executor = 1", "'executor' wants a table"),
  ])
  func `a wrong entry of the executor is said at its place`(_ text: String, _ problem: String) {
    let found = problems(
      (text.hasPrefix("executor") ? "\(text)\n" : "") + Workshop.appended
        + (text.hasPrefix("executor") ? "" : "\n\(text)\n"))
    #expect(found == [problem])
  }

  @Test(arguments: [
    ("needs = 4", "needs wants a table, but this is an integer"),
    ("needs = { core = 4 }", "needs has no entry 'core'; did you mean 'cores'?"),
    ("needs = { cores = \"4\" }", "cores is out of range"),
  ])
  func `a wrong need is said at its place`(_ line: String, _ problem: String) {
    #expect(problems(Workshop.appended + "\n\(line)\n") == [problem])
  }

  @Test func `what one table leaves open another one says`() {
    var own = ExecutorTable()
    own.memory = 1
    own.coresByKind = ["train": 8, "encode": 2]
    var definition = ExecutorTable()
    definition.partition = "long"
    definition.coresByKind = ["train": 4]
    let both = definition.over(own)
    #expect(both.partition == "long" && both.memory == 1)
    #expect(both.coresByKind == ["train": 4, "encode": 2])
  }

  @Test(
    arguments: [
      ("2G", 2_000_000_000), ("1.5 GB", 1_500_000_000), ("500m", 500_000_000), ("7", 7),
      ("", nil), ("G", nil), ("-1G", nil), ("1e400", nil), ("2 GiB", nil),
    ] as [(String, Int?)])
  func `sizes are read as people write them`(_ text: String, _ count: Int?) {
    #expect(WrittenQuantity.byteCount(text) == count)
  }

  @Test(
    arguments: [
      ("90s", 90), ("1.5h", 5400), ("2w", 1_209_600), ("0", 0), ("5", nil), ("h", nil), ("", nil),
    ] as [(String, Double?)])
  func `times are read as people write them`(_ text: String, _ seconds: Double?) {
    #expect(WrittenQuantity.seconds(text) == seconds)
  }
}
