import Fixtures
import Foundation
import Testing

/// Runs that are left to jobs, by commands that act as Slurm's and may lie.
@Suite(.serialized, .timeLimit(.minutes(120))) struct DetachmentTests {
  private let millrace: Millrace
  private let slurm: FakeSlurm

  init() throws {
    millrace = try SmallPipeline.millrace(SmallPipeline.definition)
    slurm = try FakeSlurm()
  }

  /// A stage that lasts until a file is there, and one that follows it.
  private var patient: String {
    """
    [executor]
    kind = "slurm"

    [stage.waits]
    kind = "command"
    command = "until [ -e '\(millrace.folder.path("go"))' ]; do sleep 0.01; done; echo '{\\"text\\": \\"a\\"}'"
    shell = true
    columns = ["text"]
    rows = "new"

    [stage.follows]
    kind = "command"
    from = "waits"
    command = "cat"
    shell = true
    """
  }

  @discardableResult
  private func call(_ words: String...) throws -> Finished {
    try millrace.start([Millrace.program.path] + words, environment: slurm.environment).finish()
  }

  private func detach(_ words: String...) throws -> Finished {
    try millrace.start(
      [Millrace.program.path, "run", "small.toml", "--executor", "slurm", "--detach"] + words,
      environment: slurm.environment
    ).finish()
  }

  private func status() throws -> [String: Any] {
    let status = try call("status", "small.toml", "--json")
    return try #require(status.json as? [String: Any], "\(status.errors)")
  }

  /// The calls of `sbatch` for arrays; the others are for jobs that look after the run.
  private var arrays: [String] { slurm.submissions.filter { $0.contains("--array=") } }

  @Test func `jobs start what follows them, and give what threads give`() throws {
    let detached = try detach()
    #expect(detached.exitCode == 0)
    // Jobs that end while the process looks are followed by the next at once.
    let left = #/  left to [1-9] jobs?: status shows them, --cancel ends them\n/#
    #expect(detached.output.wholeMatch(of: left) != nil, "\(detached.output)")
    slurm.waitForJobs()
    // The job that looks after the run is submitted anew only where it began before it was put off.
    #expect(arrays.count == SmallPipeline.stageCount)
    let others = slurm.submissions.count - arrays.count
    #expect((1...SmallPipeline.stageCount).contains(others), "\(slurm.submissions)")
    let outcome = try millrace.run("small.toml")
    #expect(outcome.last["ran"] as? Int == 0)
    #expect(try outcome.outputs == SmallPipeline.outputs.get())
    #expect(try status()["detached-since"] is NSNull)
    #expect(millrace.leftovers == [])
  }

  @Test func `an edit of the definition does not change what was detached`() throws {
    try millrace.folder.write("small.toml", patient)
    #expect(try detach().exitCode == 0)
    try millrace.folder.write("small.toml", "[stage.other]\nkind = \"nonsense\"\n")
    try millrace.folder.write("go", "")
    slurm.waitForJobs()
    // A call of sbatch for each wave, and one for the job that looks after the run.
    #expect(arrays.count == 2 && slurm.submissions.count == 3, "\(slurm.submissions)")
    try millrace.folder.write("small.toml", patient)
    #expect(try call("run", "small.toml", "--json").jsonLines.last?["ran"] as? Int == 0)
  }

  @Test func `status shows from anywhere what is in jobs, and a run takes the jobs over`() throws {
    try millrace.folder.write("small.toml", patient)
    #expect(try detach().exitCode == 0)
    let status = try status()
    let jobs = try #require(status["jobs"] as? [[String: Any]])
    #expect(jobs.map { $0["stage"] as? String } == ["waits"])
    #expect(["1_0"] == jobs.map { $0["job"] as? String })
    #expect(status["detached-since"] is String)
    let shown = try call("status", "small.toml").output
    #expect(shown.contains(/waits  (running on n1|waiting) since 2026-11-29 10:00:0[09], job 1_0/))
    #expect(shown.contains("`millrace run small.toml --cancel` ends it"))
    try millrace.folder.write("go", "")
    let outcome = RunOutcome(try call("run", "small.toml", "--json"))
    #expect(outcome.exitCode == 0 && outcome.outputs.count == 2)
    slurm.waitForJobs()
    #expect(arrays.count == 2)
  }

  @Test func `a queue that cannot be read is told, and not taken for an empty one`() throws {
    try millrace.folder.write("small.toml", patient)
    #expect(try detach().exitCode == 0)
    try slurm.tell("squeue", to: "fail")
    #expect(try status()["jobs"] is NSNull)
    #expect(try call("status", "small.toml").output.contains("squeue does not answer here"))
    try slurm.tell("squeue", to: "")
    #expect(try call("run", "small.toml", "--cancel").exitCode == 0)
  }

  @Test func `cancelling leaves no living job, and nothing is submitted afterwards`() throws {
    try millrace.folder.write("small.toml", patient)
    #expect(try detach().exitCode == 0)
    let cancelled = try call("run", "small.toml", "--cancel")
    #expect(cancelled.exitCode == 0)
    #expect(cancelled.output == "  2 jobs of small.toml cancelled\n")
    #expect(slurm.living == [])
    let calls = slurm.submissions
    try millrace.folder.write("go", "")
    let status = try status()
    #expect((status["jobs"] as? [Any])?.isEmpty == true && status["detached-since"] is NSNull)
    #expect(slurm.submissions == calls)
    #expect(
      try call("run", "small.toml", "--cancel").output == "  no job of small.toml cancelled\n")
  }

  @Test func `cancelling ends what a process waits for, too`() throws {
    try millrace.folder.write("small.toml", patient)
    let running = try millrace.start(
      [Millrace.program.path, "run", "small.toml", "--json"], environment: slurm.environment)
    #expect(running.waits(for: "\"event\":\"started\""))
    #expect(try call("run", "small.toml", "--cancel").exitCode == 0)
    #expect(running.finish().exitCode == 75)
    #expect(slurm.living == [] && arrays.count == 1)
  }

  @Test func `who stops waiting ends no job that another waits for`() throws {
    try millrace.folder.write("small.toml", patient)
    let words = [Millrace.program.path, "run", "small.toml", "--json"]
    let first = try millrace.start(words, environment: slurm.environment)
    #expect(first.waits(for: "\"event\":\"started\""))
    let second = try millrace.start(words, environment: slurm.environment)
    #expect(second.waits(for: "\"event\":\"started\""))
    first.signal(SIGINT)
    #expect(first.finish().exitCode == 75)
    #expect(slurm.living == ["1_0"])
    try millrace.folder.write("go", "")
    #expect(second.finish().exitCode == 0)
    #expect(arrays.count == 2)
  }

  @Test func `a stage that fails ends the run, which says so, and is tried again when asked`()
    throws
  {
    try millrace.folder.write("rows.csv", "description\n\"never closed\n")
    #expect(try detach().exitCode == 0)
    slurm.waitForJobs()
    let failures = try #require(try status()["failures"] as? [[String: Any]])
    #expect(failures.map { $0["stage"] as? String } == ["load"])
    #expect((failures[0]["problem"] as? String)?.contains("no column 'category'") == true)
    #expect(arrays.count == 1)
    try millrace.folder.write("rows.csv", try SmallPipeline.rows(240))
    #expect(try detach().exitCode == 0)
    slurm.waitForJobs()
    #expect(try millrace.run("small.toml").outputs == SmallPipeline.outputs.get())
    #expect((try status()["failures"] as? [Any])?.isEmpty == true)
  }

  @Test func `a node that dies is found by the job that looks after the run`() throws {
    try slurm.tell("sbatch", to: "lose")
    #expect(try detach("load").exitCode == 0)
    slurm.waitForJobs()
    #expect(arrays.count == 2 && arrays[1].contains("--exclude=n1"))
    #expect(slurm.submissions[1].contains("--dependency=afterany:1 "))
    #expect(try millrace.run("small.toml", "load").last["ran"] as? Int == 0)
  }

  @Test func `a worker that is killed is found by the job that looks after the run`() throws {
    try slurm.tell("sbatch", to: "kill")
    #expect(try detach("load").exitCode == 0)
    slurm.waitForJobs()
    #expect(arrays.count == 2 && !arrays[1].contains("--exclude"))
    #expect(try millrace.run("small.toml", "load").last["ran"] as? Int == 0)
  }

  @Test func `a job that somebody cancelled is submitted again`() throws {
    try millrace.folder.write("small.toml", patient)
    #expect(try detach().exitCode == 0)
    try slurm.cancel("1_0")
    try millrace.folder.write("go", "")
    slurm.waitForJobs()
    #expect(slurm.states["1_0"] == "CANCELLED")
    #expect(arrays.count == 3)
    #expect(try call("run", "small.toml", "--json").jsonLines.last?["ran"] as? Int == 0)
  }

  @Test(arguments: [["run", "small.toml"], ["run", "small.toml", "--executor", "local"]])
  func `a run whose jobs are all gone is told, and taken away once somebody has done its work`(
    _ words: [String]
  ) throws {
    try millrace.folder.write("small.toml", patient)
    #expect(try detach().exitCode == 0)
    try slurm.forgetAll()
    #expect(
      try call("status", "small.toml").output.contains(
        "but no job of it is left: `millrace run small.toml --executor slurm --detach` goes on"))
    #expect(
      try status()["lost-runs"] as? [String]
        == ["millrace run small.toml --executor slurm --detach"])
    try millrace.folder.write("go", "")
    let whole = try millrace.start(
      [Millrace.program.path] + words, environment: slurm.environment
    ).finish()
    #expect(whole.exitCode == 0)
    func owners() throws -> Int {
      try FileManager.default.contentsOfDirectory(
        atPath: millrace.folder.path(".millrace/orders")
      ).count { $0.hasSuffix(".owner") }
    }
    // Where it was done in jobs, these may be seen to live a while longer.
    #expect(try owners() == 0 || !words.contains("local"))
    slurm.waitForJobs()
    #expect(try status()["detached-since"] is NSNull)
    #expect(try owners() == 0)
  }

  @Test func `a run whose jobs are all gone goes on when it is detached again`() throws {
    try millrace.folder.write("small.toml", patient)
    #expect(try detach().exitCode == 0)
    try slurm.forgetAll()
    try millrace.folder.write("go", "")
    #expect(try detach().exitCode == 0)
    slurm.waitForJobs()
    #expect(try call("run", "small.toml", "--json").jsonLines.last?["ran"] as? Int == 0)
    #expect((try status()["lost-runs"] as? [String])?.isEmpty == true)
  }

  @Test func `the line that goes on with a lost run means the same run in every folder`() throws {
    func shell(_ line: String) throws -> Finished {
      let program = "millrace() { '\(Millrace.program.path)' \"$@\"; }"
      return try millrace.start(
        ["/bin/bash", "-c", "\(program)\n\(line)"], environment: slurm.environment
      ).finish()
    }
    func lostRun(_ folder: String) throws -> String {
      let (file, store) = (millrace.folder.path("small.toml"), millrace.folder.path("named"))
      let status = try shell(
        "cd '\(folder)' && millrace status '\(file)' --store '\(store)' --json")
      let json = try #require(status.json as? [String: Any], "\(status.errors)")
      return try #require((json["lost-runs"] as? [String])?.first)
    }
    func owners() throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: millrace.folder.path("named/orders"))
        .count { $0.hasSuffix(".owner") }
    }
    try millrace.folder.write("small.toml", patient)
    #expect(try detach("--store=named").exitCode == 0)
    try slurm.forgetAll()
    let line = try lostRun(".")
    #expect(
      line.wholeMatch(
        of: #/millrace run --store '?\/.*\/named'? small\.toml --executor slurm --detach/#) != nil,
      "\(line)")
    let elsewhere = try lostRun("/")
    #expect(elsewhere.hasPrefix("cd ") && elsewhere.hasSuffix(" && \(line)"), "\(elsewhere)")
    for again in [line, "cd / && \(elsewhere)"] {
      #expect(try shell(again).exitCode == 0)
      #expect(try owners() == 1)
    }
    try millrace.folder.write("go", "")
    slurm.waitForJobs()
    let left = try call("run", "small.toml", "--store", "named", "--json")
    #expect(left.jsonLines.last?["ran"] as? Int == 0)
  }

  @Test func `jobs that were submitted without an answer are not submitted again`() throws {
    try slurm.tell("sbatch", to: "forget")
    #expect(try detach("load").exitCode == 0)
    slurm.waitForJobs()
    #expect(arrays.count == 1)
    #expect(try millrace.run("small.toml", "load").last["ran"] as? Int == 0)
  }

  @Test func `a sweep is left to jobs as a run is`() throws {
    let words = ["sweep", "small.toml", "train.hidden=3,4"]
    let detached = try millrace.start(
      [Millrace.program.path] + words + ["--executor", "slurm", "--detach", "--json"],
      environment: slurm.environment
    ).finish()
    #expect(detached.jsonLines.last?["event"] as? String == "detached")
    slurm.waitForJobs()
    let table = try call("table", "small.toml", "--json")
    let points = (table.json as? [String: Any])?["points"] as? [[String: Any]] ?? []
    #expect(points.map { $0["state"] as? String } == ["done", "done"])
    // Both points train, and are scored, in one array or in one each.
    let counts = SmallPipeline.stageCount...(SmallPipeline.stageCount + 2)
    #expect(counts.contains(arrays.count), "\(slurm.submissions)")
  }

  @Test func `only jobs go on without the process`() throws {
    let refused = try call("run", "small.toml", "--detach")
    #expect(refused.exitCode == 2)
    #expect(refused.errors.contains("only jobs of a cluster go on without this process"))
    let two = try call("run", "small.toml", "small.toml", "--detach", "--executor", "slurm")
    #expect(two.exitCode == 2 && two.errors.contains("--detach takes one definition"))
  }
}
