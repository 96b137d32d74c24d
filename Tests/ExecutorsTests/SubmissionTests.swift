import Digests
import Executors
import Fixtures
import Foundation
import Processes
import Testing

struct SubmissionTests {
  @Test(
    arguments: [
      (.exited(0), ["43"], [], .submitted("43")),
      (.exited(0), ["43;alps"], ["sbatch: warning"], .submitted("43")),
      (.exited(0), [], [], .unclear("sbatch said nothing")),
      (.exited(0), ["Submitted batch job 43"], [], .unclear("sbatch said nothing")),
      (.exited(0), ["43", "44"], [], .unclear("sbatch said nothing")),
      (
        .exited(1), [],
        ["sbatch: error: Batch job submission failed: Socket timed out on send/recv operation"],
        .unclear("Batch job submission failed: Socket timed out on send/recv operation")
      ),
      (
        .exited(1), [], ["sbatch: error: invalid partition specified: zzz"],
        .refused("invalid partition specified: zzz")
      ),
      (.timedOut, ["43"], [], .unclear("sbatch did not answer")),
      (.killed(signal: 9), [], [], .unclear("sbatch said nothing")),
    ] as [(ChildProcess.Ending, [String], [String], SubmissionOutcome)])
  func `what sbatch says is believed no further than it is clear`(
    _ ending: ChildProcess.Ending, _ printed: [String], _ said: [String],
    _ outcome: SubmissionOutcome
  ) {
    #expect(SubmissionOutcome(ending, printed: printed, said: said) == outcome)
  }

  private func array(
    _ settings: ClusterSettings = ClusterSettings(), continued: String? = nil
  ) -> JobArray {
    let keys = ["a", "b", "c"].map { [BLAKE3.digest(of: $0)] }
    return JobArray(
      manifest: Manifest(keys),
      resources: JobResources(cores: 2, memory: 1 << 30, time: 61, excludedNodes: ["n1", "n2"]),
      settings: settings, continued: continued)
  }

  @Test func `an array is submitted with all that its jobs are to have`() {
    var settings = ClusterSettings()
    settings.partition = "long"
    settings.account = "lab"
    settings.jobs = 8
    settings.options = ["--qos=high"]
    let array = array(settings)
    #expect(
      array.words(logs: "/s 100%/logs") == [
        "sbatch", "--parsable", "--job-name=\(array.name)", "--array=0-2%8", "--no-requeue",
        "--signal=B:USR1@6", "--open-mode=append", "--chdir=/",
        "--output=/s 100%%/logs/%A_%a.out", "--cpus-per-task=2", "--mem=1024M", "--time=2",
        "--partition=long", "--account=lab", "--exclude=n1,n2", "--qos=high",
      ])
  }

  @Test func `the worker takes the place of the shell, and odd paths are quoted`() {
    let program = WorkProgram(path: "/opt/mill race/millrace", store: "/d/it's", cache: "/c")
    #expect(
      array().script(program, manifestPath: "/d/m.keys")
        == """
        #!/bin/sh
        exec '/opt/mill race/millrace' work --store '/d/it'\\''s' --cache /c --manifest /d/m.keys \
        --index "$SLURM_ARRAY_TASK_ID"

        """)
  }

  @Test func `the workers of a detached run go on with it`() {
    #expect(
      array(continued: "abc").script(WorkProgram(path: "/m", store: "/s"), manifestPath: "/k")
        == "#!/bin/sh\nexec /m work --store /s --continue abc --manifest /k "
        + "--index \"$SLURM_ARRAY_TASK_ID\"\n")
  }

  @Test(arguments: [(nil, nil), (1, 1), (61, 2), (1e300, 5_256_000)] as [(Double?, Int?)])
  func `a time is asked for in whole minutes`(_ seconds: Double?, _ minutes: Int?) {
    let words = ClusterSettings().words(
      for: JobResources(cores: 1, memory: 1, time: seconds), output: "x", in: "/l")
    #expect(words.contains { $0.hasPrefix("--time") } == (minutes != nil))
    #expect(minutes.map { words.contains("--time=\($0)") } ?? true)
  }

  @Test(arguments: [(0, 0), (1, 0), (3, 0), (4, 137)])
  func `the job that looks after a run begins again when its program is killed`(
    _ kills: Int, _ code: Int32
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write(
      script: "program",
      """
      echo "$@" >> '\(folder.path("calls"))'
      [ $(wc -l < '\(folder.path("calls"))') -gt \(kills) ] || kill -9 $$
      """)
    let script = try folder.write(
      "script",
      FollowUp.script(WorkProgram(path: folder.path("program"), store: "/s"), of: "abc"))
    let child = ChildProcess(
      words: ["/bin/sh", script], environment: ["PATH=/usr/bin:/bin"], output: .lines { _ in })
    #expect(try child.run(limit: nil, shouldStop: { false }) { _ in } == .exited(code))
    let calls = try String(contentsOfFile: folder.path("calls"), encoding: .utf8)
    #expect(
      calls == String(repeating: "work --store /s --continue abc\n", count: min(kills + 1, 4)))
  }

  @Test func `an array is named by the keys it has, so that it is found again`() {
    #expect(array().name == array().name)
    #expect(array().name.hasPrefix("millrace-"))
  }

  @Test func `the environment of a job does not leak into the jobs it submits`() {
    #expect(
      SlurmClient.scrubbed([
        "PATH=/bin", "SLURM_MEM_PER_NODE=4000", "SBATCH_PARTITION=zzz", "SLURM_CONF=/etc/slurm",
        "MILLRACE_DATA=/d", "SLURM=1",
      ]) == ["PATH=/bin", "SLURM_CONF=/etc/slurm", "MILLRACE_DATA=/d", "SLURM=1"])
  }

  @Test(
    arguments: [
      ([:], nil), (["SLURM_JOB_ID": "7"], "7"),
      (
        ["SLURM_JOB_ID": "9", "SLURM_ARRAY_JOB_ID": "7", "SLURM_ARRAY_TASK_ID": "3"], "7_3"
      ),
    ] as [([String: String], String?)])
  func `a process knows the job it is in as squeue shows it`(
    _ environment: [String: String], _ name: String?
  ) {
    #expect(SlurmJob(in: { environment[$0] })?.name == name)
  }
}
