import Artifacts
import Diagnostics
import Digests
import Executors
import Files
import Fixtures
import Formats
import Pipelines
import Testing

struct DetachmentTests {
  private let folder: TemporaryFolder
  private let store: ArtifactStore

  init() throws {
    folder = try TemporaryFolder()
    store = ArtifactStore(root: folder.path("store"))
  }

  private func start() throws -> Detachment {
    let command = try DetachedCommand(words: ["run", "f.toml"], text: "name = \"f\"\n")
    return try #require(try Detachment(command, of: "f.toml", in: store) { true })
  }

  private func end(_ detachment: Detachment, isWhole: Bool, jobs count: Int = 0) throws {
    let jobs = try detachment.end(
      WorkProgram(path: "/m", store: store.root), ClusterSettings(),
      SlurmClient(folder: folder.path("nowhere")), isWhole: isWhole, tell: { _ in })
    #expect(jobs == count)
  }

  @Test func `one process at a time looks at a run, and finds it as it was asked for`() throws {
    let name = try {
      let first = try start()
      #expect(try Detachment(goingOn: first.name, in: store, whileWanted: { false }) == nil)
      try end(first, isWhole: false)
      return first.name
    }()
    let second = try #require(try Detachment(goingOn: name, in: store, whileWanted: { true }))
    #expect(second.command.words == ["run", "f.toml"])
    #expect(second.command.text == "name = \"f\"\n")
  }

  @Test(arguments: [true, false])
  func `a look that finds no job ends the run, unless it was stopped`(isWhole: Bool) throws {
    let name = try {
      let first = try start()
      try end(first, isWhole: isWhole)
      return first.name
    }()
    let isOver = try Detachment(goingOn: name, in: store, whileWanted: { true }) == nil
    #expect(isOver == isWhole)
    #expect(!JobOwner.isDetached("f.toml", in: store))
  }

  @Test func `a run without jobs goes on only while a process looks at it`() throws {
    let name = try {
      let first = try start()
      #expect(JobOwner.isDetached("f.toml", in: store))
      return first.name
    }()
    #expect(!JobOwner.isDetached("f.toml", in: store))
    #expect(JobOwner.all(in: store).map(\.name) == [name])
    let client = SlurmClient(folder: folder.path("nowhere"))
    try JobCancellation(of: "other.toml", in: store, client).removeRunsWithoutJobs()
    #expect(JobOwner.all(in: store).map(\.name) == [name])
    #expect(try LostRuns(of: "f.toml", in: store, client) == nil, "the queue cannot be read")
    try JobCancellation(of: "f.toml", in: store, client).removeRunsWithoutJobs()
    #expect(JobOwner.all(in: store).isEmpty)
  }

  @Test(arguments: [(0, ["6", "7"]), (1, ["5", "6"])])
  func `of the jobs that look after a run one is kept, whatever id it has`(
    _ refusal: Int, _ cancelled: [String]
  ) throws {
    let first = try start()
    let row = "|PENDING||2026-11-29T10:00:00|2026-11-29T10:00:09|None|millrace-next-\(first.name)"
    try folder.write(script: "squeue", "echo '5\(row)'; echo '6\(row)'; echo '7\(row)'")
    try folder.write(
      script: "scontrol", "[ \(refusal) = 0 ] && echo \"$@\" >> '\(folder.path("put-off"))'")
    // The controller has forgotten the job 7, and gives its id to the next one.
    try folder.write(script: "sbatch", "echo 7")
    try folder.write(script: "scancel", "echo \"$@\" >> '\(folder.path("cancelled"))'")
    first.note(
      [BLAKE3.digest(of: "a"): JobAttempt(["job": "9_0", "name": "a"])], hasSubmitted: true)
    let jobs = try first.end(
      WorkProgram(path: "/m", store: store.root), ClusterSettings(),
      SlurmClient(folder: folder.path(".")), isWhole: true, tell: { _ in })
    #expect(jobs == 1)
    func lines(_ name: String) -> String? {
      (try? FileBytes.read(folder.path(name), in: SystemFiles())).flatMap { $0 }.map {
        String(decoding: $0, as: UTF8.self)
      }
    }
    #expect(lines("cancelled") == cancelled.joined(separator: " ") + "\n")
    #expect(lines("put-off") == (refusal == 0 ? "update JobId=5 Dependency=afterany:9\n" : nil))
  }

  @Test func `a run is lost when the queue has no job of it, and nobody submits`() throws {
    try folder.write(script: "squeue", "cat '\(folder.path("queue"))'")
    let client = SlurmClient(folder: folder.path("."))
    func row(_ id: String, _ state: String, _ name: String) -> String {
      "\(id)|\(state)||2026-11-29T10:00:00|2026-11-29T10:00:09|None|\(name)\n"
    }
    let name = try {
      let first = try start()
      first.note([BLAKE3.digest(of: "a"): JobAttempt(["job": "1_0", "name": "millrace-a"])])
      try end(first, isWhole: true, jobs: 1)
      try folder.write("queue", "")
      #expect(try LostRuns(of: "f.toml", in: store, client) == nil, "a process submits")
      return first.name
    }()
    for row in [row("1_0", "RUNNING", "millrace-a"), row("2", "PENDING", "millrace-next-\(name)")] {
      try folder.write("queue", row)
      #expect(try LostRuns(of: "f.toml", in: store, client) == nil)
      #expect(try LiveJobs(of: "f.toml", in: store, client).runs.map(\.isLost) == [false])
    }
    try folder.write("queue", row("1_0", "FAILED", "millrace-a") + row("1_1", "RUNNING", "other"))
    #expect(try LiveJobs(of: "f.toml", in: store, client).runs.map(\.isLost) == [true])
    try {
      let lost = try #require(try LostRuns(of: "f.toml", in: store, client))
      let folder = try WorkingFolder.path
      #expect(
        lost.runs.map { $0.command.line(in: folder, where: []) } == ["millrace run f.toml --detach"]
      )
      lost.remove(lost.runs[0])
    }()
    #expect(JobOwner.all(in: store).isEmpty)
  }

  @Test(arguments: [
    (true, ["--store", "/a b/.millrace"], "millrace run f.toml --jobs 2 --detach"),
    (true, [], "millrace run --store '/a b/.millrace' f.toml --jobs 2 --detach"),
    (
      true, ["--store", "/a b/.millrace", "--cache", "/c"],
      "millrace run --store '/a b/.millrace' f.toml --jobs 2 --detach"
    ),
    (
      false, ["--store", "/a b/.millrace"],
      "cd FOLDER && millrace run --store '/a b/.millrace' f.toml --jobs 2 --detach"
    ),
  ])
  func
    `the line that goes on with a run names its folder and its store unless they are found there`(
      _ isThere: Bool, _ found: [String], _ line: String
    ) throws
  {
    let command = try DetachedCommand(
      words: ["run", "--store", "/a b/.millrace", "f.toml", "--jobs", "2"], text: "")
    let folder = try WorkingFolder.path
    #expect(
      command.line(in: isThere ? folder : "/elsewhere", where: found)
        == line.replacing("FOLDER", with: ShellWord.quoted(folder)))
  }

  @Test(arguments: [
    (["run"], []), (["run", "f", "--store", "/s"], []),
    (["run", "--store", "/s", "f"], ["--store", "/s"]),
    (["sweep", "--store", "/s", "--cache", "/c", "f"], ["--store", "/s", "--cache", "/c"]),
  ])
  func `the stores of a run are the words after its command's name`(
    _ words: [String], _ stores: [String]
  ) throws {
    let command = try DetachedCommand(words: words, text: "")
    #expect(command.stores == stores)
    #expect(words.prefix(1) + command.stores + command.wordsAfterStores == words[...])
  }

  @Test(arguments: [true, false])
  func `a look that is stopped forgets nothing of the stages that it did not come to`(
    isWhole: Bool
  ) throws {
    let (seen, unseen) = (BLAKE3.digest(of: "seen"), BLAKE3.digest(of: "unseen"))
    let name = try {
      let first = try start()
      first.note([
        seen: JobAttempt(["job": "1_0", "name": "a"]),
        unseen: JobAttempt(["job": "2_0", "name": "b", "failed-tries": 2]),
      ])
      try end(first, isWhole: true, jobs: 2)
      return first.name
    }()
    #expect(JobOwner.isDetached("f.toml", in: store))
    try {
      let second = try #require(try Detachment(goingOn: name, in: store, whileWanted: { true }))
      second.note([seen: JobAttempt(["job": "3_0", "name": "c"])])
      try end(second, isWhole: isWhole, jobs: 1)
    }()
    let client = SlurmClient(folder: folder.path("nowhere"))
    try JobCancellation(of: "f.toml", in: store, client).removeRunsWithoutJobs()
    let owner = try #require(JobOwner.all(in: store).first)
    #expect(owner.arrays == (isWhole ? ["c"] : ["a", "b", "c"]))
    #expect(owner.attempts[unseen]?.failedTries == (isWhole ? nil : 2))
  }
}
