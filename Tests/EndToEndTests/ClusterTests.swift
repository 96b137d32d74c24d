import Fixtures
import Foundation
import Testing

/// Stages carried out in jobs, by commands that act as Slurm's and may lie.
@Suite(.serialized) struct ClusterTests {
  private let millrace: Millrace
  private let slurm: FakeSlurm

  init() throws {
    millrace = try SmallPipeline.millrace(SmallPipeline.definition)
    slurm = try FakeSlurm()
  }

  private func run(_ words: String...) throws -> RunOutcome {
    RunOutcome(
      try millrace.start(
        [Millrace.program.path, "run", "small.toml", "--executor", "slurm", "--json"] + words,
        environment: slurm.environment
      ).finish())
  }

  @Test func `jobs give what threads give, a wave by one call, and a second run submits none`()
    throws
  {
    let first = try run()
    #expect(first.exitCode == 0)
    #expect(first.ran.count == SmallPipeline.stageCount)
    #expect(try first.outputs == SmallPipeline.outputs.get())
    let calls = slurm.submissions
    #expect(calls.count == SmallPipeline.stageCount)
    #expect(calls.allSatisfy { $0.contains("--no-requeue") && $0.contains("--array=0-0") })
    #expect(try run().last["ran"] as? Int == 0)
    #expect(slurm.submissions == calls)
    #expect(millrace.leftovers == [])
  }

  @Test(arguments: ["forget", "silent", "garbage", "another"])
  func `jobs are found whatever sbatch says of those that it submitted`(_ way: String) throws {
    try slurm.tell("sbatch", to: way)
    let outcome = try run()
    #expect(outcome.exitCode == 0)
    #expect(try outcome.outputs == SmallPipeline.outputs.get())
    #expect(try run().last["ran"] as? Int == 0)
  }

  @Test(.timeLimit(.minutes(120)), arguments: ["forget", "silent"])
  func `a stage that fails in a job that nobody knew of is told, and not tried again`(
    _ way: String
  ) throws {
    try slurm.tell("sbatch", to: way)
    try millrace.folder.write("rows.csv", "description\n\"never closed\n")
    let outcome = try run()
    #expect(outcome.exitCode == 1)
    #expect(outcome.stages("failed") == ["load"] && slurm.submissions.count == 1)
  }

  @Test(arguments: ["empty", "strange", "renamed", "purged"])
  func `results are found whatever squeue says of the jobs that make them`(_ way: String) throws {
    try slurm.tell("squeue", to: way)
    let outcome = try run()
    #expect(outcome.exitCode == 0)
    #expect(try outcome.outputs == SmallPipeline.outputs.get())
    #expect(try run().last["ran"] as? Int == 0)
  }

  @Test func `a job that was killed and purged is submitted again`() throws {
    try slurm.tell("squeue", to: "purged")
    try slurm.tell("sbatch", to: "kill")
    let outcome = try run("load")
    #expect(outcome.exitCode == 0)
    #expect(slurm.submissions.count == 2)
    #expect(outcome.finished.output.contains("submitted again: job 1_0 no longer listed"))
  }

  /// A job that is never listed is submitted again where its worker takes long to begin.
  @Test(arguments: [("renamed", 1...4), ("purged", 1...1)])
  func `a stage that fails is told by its worker, whatever squeue says of the job`(
    _ way: String, _ submissions: ClosedRange<Int>
  ) throws {
    try slurm.tell("squeue", to: way)
    try millrace.folder.write("rows.csv", "description\n\"never closed\n")
    let outcome = try run()
    #expect(outcome.exitCode == 1)
    #expect(outcome.stages("failed") == ["load"])
    #expect(submissions.contains(slurm.submissions.count))
  }

  @Test(arguments: ["fail", "garbage"])
  func `no result is lost to a queue that cannot be read`(_ way: String) throws {
    _ = try run("load")
    let outcome = try run("split")
    #expect(outcome.exitCode == 0)
    // While the queue is not known nothing is submitted; what was submitted before is seen.
    let calls = slurm.submissions.count
    try slurm.tell("squeue", to: way)
    let running = try millrace.start(
      [Millrace.program.path, "run", "small.toml", "--executor", "slurm", "--json"],
      environment: slurm.environment)
    #expect(running.waits(for: "notice"))
    #expect(slurm.submissions.count == calls)
    try slurm.tell("squeue", to: "")
    #expect(running.finish().exitCode == 0)
    #expect(try run().outputs == SmallPipeline.outputs.get())
  }

  @Test func `a job whose node died is submitted again elsewhere`() throws {
    try slurm.tell("sbatch", to: "lose")
    let outcome = try run("load")
    #expect(outcome.exitCode == 0)
    #expect(slurm.submissions.count == 2)
    #expect(slurm.submissions.last?.contains("--exclude=n1") == true)
    #expect(outcome.finished.output.contains("NODE_FAIL on n1"))
  }

  @Test func `a job whose worker is killed is submitted again`() throws {
    try slurm.tell("sbatch", to: "kill")
    let outcome = try run("load")
    #expect(outcome.exitCode == 0)
    #expect(slurm.submissions.count == 2)
    #expect(outcome.finished.output.contains("submitted again: job 1_0 FAILED on n1"))
  }

  @Test(.timeLimit(.minutes(120)))
  func `a command that is told to stop each time before it has ended is not tried for ever`() throws
  {
    try millrace.folder.write(
      "small.toml",
      """
      [stage.slow]
      kind = "command"
      command = "kill -USR1 $PPID; sleep 600"
      shell = true
      columns = ["text"]
      rows = "new"
      """)
    let outcome = try run()
    #expect(outcome.exitCode == 1 && slurm.submissions.count == 4)
    #expect(outcome.finished.output.contains("got nowhere 4 times"))
  }

  @Test func `what records tell of a stage is asked for when it runs again, and more after that`()
    throws
  {
    _ = try run("load")
    #expect(!slurm.submissions[0].contains("--time"))
    try millrace.folder.write("rows.csv", try SmallPipeline.rows(180))
    let printed = try millrace(
      "run", "small.toml", "load", "--executor", "slurm", "--print-jobs",
      environment: slurm.environment)
    #expect(printed.output.contains("# as records tell: cores, time\n"))
    #expect(printed.output.contains(" --cpus-per-task=1 --mem=4096M --time=15 "))
    try slurm.tell("sbatch", to: "late")
    #expect(try run("load").exitCode == 0)
    #expect(slurm.submissions[1].contains(" --cpus-per-task=1 --mem=4096M --time=15"))
    #expect(slurm.submissions[2].contains(" --cpus-per-task=1 --mem=4096M --time=30"))
    #expect(slurm.submissions.count == 3)
  }

  @Test(.timeLimit(.minutes(120)))
  func `what was evicted while its run went on comes into another job`() throws {
    try millrace.folder.write(
      "small.toml",
      """
      [stage.load]
      path = "rows.csv"
      text = "description"
      label = "category"

      [stage.tokenize]
      from = "load"

      [stage.evicts]
      kind = "command"
      from = "tokenize"
      command = "sed s/th/ht/g; cd '\(millrace.folder.path(".millrace"))'; mkdir evicted; mv objects/* evicted"
      shell = true

      [stage.vocabulary]
      kind = "learn-vocabulary"
      from = "evicts"

      [stage.binarize]
      from = "tokenize"
      vocabulary = "vocabulary"
      """)
    let outcome = try run()
    #expect(outcome.exitCode == 0)
    #expect(!outcome.finished.output.contains("submitted again"))
  }

  @Test func `what Slurm does not take fails with its words`() throws {
    try slurm.tell("sbatch", to: "refuse")
    let outcome = try run()
    #expect(outcome.exitCode == 1)
    #expect(outcome.finished.output.contains("Slurm does not take the job: invalid partition"))
    #expect(slurm.submissions.isEmpty)
  }

  @Test func `a stage that fails in a job fails with its own reason and place`() throws {
    try millrace.folder.write("rows.csv", "description\n\"never closed\n")
    let outcome = try run()
    #expect(outcome.exitCode == 1)
    #expect(outcome.stages("failed") == ["load"])
    let alone = try SmallPipeline.millrace(SmallPipeline.definition)
    try alone.folder.write("rows.csv", "description\n\"never closed\n")
    #expect(
      outcome.stages["load"]?["problem"] as? String
        == (try alone.run("small.toml").stages["load"]?["problem"] as? String))
  }

  @Test func `what a definition says of resources is in the call, and in no key`() throws {
    let table = """

      [executor]
      kind = "slurm"
      partition = "long"
      memory = "2G"
      options = ["--qos=high"]

      """
    try millrace.folder.write(
      "small.toml",
      SmallPipeline.definition.replacing(
        "[stage.load]\n", with: "[stage.load]\nneeds = { cores = 3, time = \"90s\" }\n") + table)
    let outcome = RunOutcome(
      try millrace.start(
        [Millrace.program.path, "run", "small.toml", "clean", "--json"],
        environment: slurm.environment
      ).finish())
    #expect(outcome.exitCode == 0)
    let (first, second) = (slurm.submissions[0], slurm.submissions[1])
    #expect(first.contains("--cpus-per-task=3") && first.contains("--time=2 "))
    #expect(second.contains("--cpus-per-task=1") && !second.contains("--time"))
    #expect([first, second].allSatisfy { $0.contains("--partition=long --qos=high") })
    #expect(try outcome.outputs["clean"] == SmallPipeline.outputs.get()["clean"])
  }

  @Test func `jobs are printed instead of submitted, in lines that submit them`() throws {
    let printed = try millrace(
      "run", "small.toml", "--executor", "slurm", "--print-jobs", environment: slurm.environment)
    #expect(printed.exitCode == 0)
    let lines = printed.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[1].hasPrefix("# exec "))
    #expect(lines[2].hasPrefix("sbatch --parsable --job-name=millrace-"))
    #expect(slurm.submissions.isEmpty)
  }
}
