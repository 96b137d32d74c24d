import Artifacts
import Executors
import Fixtures
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

  private func end(_ detachment: Detachment, isWhole: Bool) throws {
    let jobs = try detachment.end(
      WorkProgram(path: "/m", store: store.root), ClusterSettings(),
      SlurmClient(folder: folder.path("nowhere")), isWhole: isWhole, tell: { _ in })
    #expect(jobs == 0)
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
    #expect(JobOwner.isDetached("f.toml", in: store) == !isWhole)
  }
}
