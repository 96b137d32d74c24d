import Artifacts
import Diagnostics
import Digests
import Files
import Fixtures
import Formats
import Foundation
import LyingDisks
import Pipelines
import Testing
import ToyStages

/// Runs that need no plan because the same run had nothing to do, and nothing has changed since.
@Suite struct UpToDateRunTests {
  /// Something that happens between two runs, and what the second one must run.
  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Nil where the second run fails.
    let ran: [String]?
    /// Whether the second run can do without a plan all the same.
    let isUnseen: Bool
    let apply: @Sendable (RepeatedRuns) throws -> Void

    init(
      _ name: String, ran: [String]? = [], isUnseen: Bool = false,
      _ apply: @escaping @Sendable (RepeatedRuns) throws -> Void
    ) {
      testDescription = name
      self.ran = ran
      self.isUnseen = isUnseen
      self.apply = apply
    }
  }

  private static let all = ["read", "append", "deal", "shout", "cut"]

  static let changes = [
    Change("nothing", isUnseen: true) { _ in },
    Change("an artifact is evicted", isUnseen: true) { runs in
      try runs.workshop.store.evict([runs.record("append").outputs[0].digest])
    },
    Change("another file beside", isUnseen: true) { try $0.write("other.txt", "x") },
    Change("a comment in the definition") { try $0.edit("[stage.cut]", "# here\n[stage.cut]") },
    Change("an option of the definition", ran: ["append", "deal", "shout", "cut"]) {
      try $0.edit("from = \"read\"", "from = \"read\"\nsuffix = \"ab\"")
    },
    Change("the definition ends in a problem", ran: nil) { try $0.edit("length = 3", "length =") },
    Change("a setting", ran: ["append", "deal", "shout", "cut"]) {
      $0.settings = ["append.times=3"]
    },
    Change("a setting that changes nothing") { $0.settings = ["append.times=1"] },
    Change("some stages alone") { $0.stages = ["append"] },
    Change("the definition by another path") { runs in
      runs.path = "\(runs.workshop.folder.url.path)/./toy.toml"
    },
    Change("other bytes of a file", ran: all) { try $0.write("letters.txt", "other") },
    Change("as many other bytes of a file", ran: all) { try $0.write("letters.txt", "lettres") },
    Change("the same bytes in a new file") { runs in
      try FileManager.default.removeItem(atPath: runs.workshop.folder.path("letters.txt"))
      try runs.write("letters.txt", "letters")
    },
    Change("another time of a file") { runs in
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1)],
        ofItemAtPath: runs.workshop.folder.path("letters.txt"))
    },
    Change("a file is gone", ran: nil) { runs in
      try FileManager.default.removeItem(atPath: runs.workshop.folder.path("letters.txt"))
    },
    Change("a folder in the place of a file", ran: nil) { runs in
      try FileManager.default.removeItem(atPath: runs.workshop.folder.path("letters.txt"))
      try runs.write("letters.txt/letters.txt", "letters")
    },
    Change("a record is gone", ran: ["deal"]) { runs in
      try FileManager.default.removeItem(atPath: runs.recordPath("deal"))
    },
    Change("a record is damaged", ran: ["deal"]) { runs in
      try runs.damage(runs.recordPath("deal"))
    },
    Change("a record of another result took the place of one", ran: ["deal", "shout", "cut"]) {
      try $0.replaceRecord("append")
    },
    Change("an artifact is gone", ran: ["shout"]) { runs in
      try FileManager.default.removeItem(atPath: runs.artifactPath("shout"))
    },
    Change("an artifact is cut short", ran: ["append"]) { runs in
      try FileManager.default.removeItem(atPath: runs.artifactPath("append"))
      try Data("l".utf8).write(to: URL(filePath: runs.artifactPath("append")))
    },
    Change("the keys of the last run are gone") { runs in
      try FileManager.default.removeItem(atPath: "\(runs.workshop.store.root)/roots")
    },
    Change("the keys of the last run are those of another") { runs in
      try runs.workshop.run(runs.definition, set: ["append.times=2"])
    },
  ]

  @Test(arguments: changes)
  func `a change is seen, and the run does what a planned one does`(change: Change) throws {
    let runs = try RepeatedRuns()
    let first = try runs.later()
    #expect(!first.isRepeated)
    try change.apply(runs)
    let second = try runs.later()
    #expect(second.isRepeated == change.isUnseen)
    #expect(second.ran == change.ran)
  }

  @Test func `a variable that a path names counts by its value, and no other one does`() throws {
    let (named, other) = ("MILLRACE_TEST_NAMED", "MILLRACE_TEST_UNNAMED")
    let runs = try RepeatedRuns(variable: named)
    _ = try runs.later()
    unsafe setenv(other, "x", 1)
    #expect(try runs.later().isRepeated)
    try runs.write("there/letters.txt", "elsewhere")
    unsafe setenv(named, runs.workshop.folder.path("there"), 1)
    let elsewhere = try runs.later()
    #expect(!elsewhere.isRepeated && elsewhere.ran == Self.all)
    unsafe unsetenv(named)
    #expect(try runs.later().report == nil)
  }

  @Test func `what was kept of another definition does not answer for this one`() throws {
    let (runs, others) = (try RepeatedRuns(), try RepeatedRuns())
    try others.edit("length = 3", "length = 2")
    for runs in [runs, others, others] { _ = try runs.later() }
    let (mine, theirs) = (runs.findings, others.findings)
    try FileManager.default.removeItem(atPath: mine)
    try FileManager.default.copyItem(atPath: theirs, toPath: mine)
    let run = try runs.later()
    #expect(!run.isRepeated && run.ran == [])
  }

  @Test func `what is told and written down is what a planned run tells and writes`() throws {
    let runs = try RepeatedRuns()
    let planned = try runs.later(name: "again")
    let repeated = try runs.later(name: "again")
    #expect(repeated.isRepeated && !planned.isRepeated)
    #expect(repeated.told == planned.told && !planned.told.isEmpty)
    #expect(repeated.journal == planned.journal && planned.journal.count == 7)
    #expect(repeated.mistakes == planned.mistakes && !planned.mistakes.isEmpty)
    #expect(repeated.report?.savedSeconds == planned.report?.savedSeconds)
    let lines = repeated.report?.stages.map { "\($0.json)" }
    #expect(lines == planned.report?.stages.map { "\($0.json)" })
  }

  @Test func `a run of some stages tells of these alone`() throws {
    let runs = try RepeatedRuns()
    runs.stages = ["append"]
    _ = try runs.later()
    let repeated = try runs.later()
    #expect(repeated.isRepeated && repeated.report?.stages.map(\.stage) == ["read", "append"])
    runs.stages = []
    #expect(try runs.later().isRepeated == false)
  }

  @Test func `no record, artifact or definition is opened, nor anything left that was not there`()
    throws
  {
    let runs = try RepeatedRuns()
    _ = try runs.later()
    let before = try Self.paths(in: runs)
    let repeated = try runs.later()
    #expect(repeated.isRepeated)
    #expect(!repeated.opened.contains { $0.contains("/keys/") || $0.contains("/objects/") })
    #expect(try Self.paths(in: runs) == before)
  }

  /// Everything in the store but the journals of runs.
  private static func paths(in runs: RepeatedRuns) throws -> Set<String> {
    Set(try FileManager.default.subpathsOfDirectory(atPath: runs.workshop.store.root))
      .filter { !$0.hasPrefix("runs/") }
  }

  @Test func `a run that did something, or that made something a moment ago, is not remembered`()
    throws
  {
    let runs = try RepeatedRuns()
    // The clock of these stores is right, so that all is younger than two seconds.
    #expect(try runs.now().ran == [])
    #expect(!FileManager.default.fileExists(atPath: runs.findings))
    runs.settings = ["append.times=4"]
    #expect(try runs.later().ran?.isEmpty == false)
    #expect(!FileManager.default.fileExists(atPath: runs.findings))
  }

  @Test func `with leases nothing is remembered or believed`() throws {
    let runs = try RepeatedRuns()
    _ = try runs.later()
    try runs.write("store/leased", "")
    #expect(try runs.later().isRepeated == false)
  }

  @Test func `torn, empty and changed findings give no other result`() throws {
    let runs = try RepeatedRuns()
    let planned = try runs.later()
    let whole = try Array(Data(contentsOf: URL(filePath: runs.findings)))
    var damaged: [[UInt8]] = [[], [0], whole + whole]
    for place in stride(from: 0, to: whole.count, by: Effort.isNightly ? 7 : 211) {
      damaged.append(Array(whole[..<place]))
      damaged.append(Array(whole[..<place]) + [UInt8](repeating: 0, count: whole.count - place))
      var flipped = whole
      flipped[place] ^= 1 << UInt8(place % 8)
      damaged.append(flipped)
    }
    for bytes in damaged {
      try Data(bytes).write(to: URL(filePath: runs.findings))
      let run = try runs.later()
      #expect(!run.isRepeated && run.told == planned.told)
      #expect(try Array(Data(contentsOf: URL(filePath: runs.findings))).count == whole.count)
    }
    #expect(runs.workshop.store.verifyAll().isSound)
    try Data(damaged[5]).write(to: URL(filePath: runs.findings))
    #expect(runs.workshop.store.verifyAll().problems == [.damagedIndex])
  }

  @Test func `findings that cannot be read or written are done without`() throws {
    let runs = try RepeatedRuns()
    for call in 0..<12 {
      let files = FailingFiles(call: call, with: EIO, isLasting: true) { call in
        switch call {
        case .open(let path, _), .examine(let path), .makeFolder(let path):
          path.contains("/findings")
        case .rename(_, let path): path.contains("/findings")
        default: false
        }
      }
      #expect(try runs.run(in: files).ran == [])
    }
  }

  @Test func `findings go with the definition's keys`() throws {
    let runs = try RepeatedRuns()
    _ = try runs.later()
    #expect(FileManager.default.fileExists(atPath: runs.findings))
    try FileManager.default.removeItem(atPath: runs.path)
    _ = try CollectionPlan.carryOut(in: runs.workshop.reopened(), .strict)
    #expect(!FileManager.default.fileExists(atPath: runs.findings))
  }

  @Test func `a question is another one whatever of it differs`() throws {
    let runs = try RepeatedRuns()
    func question(
      _ path: String = "a.toml", _ text: String = "x", _ settings: [String] = [],
      _ stages: [String] = [], _ files: [String] = []
    ) throws -> Digest {
      try #require(
        RunQuestion(
          path: path, definition: Array(text.utf8), settings: settings, stages: stages, files: files
        )
      ).digest
    }
    let (old, absent) = ("/proc/self/exe", runs.workshop.folder.path("absent"))
    let digests = [
      try question(), try question("b.toml"), try question("a.toml", "y"),
      try question("a.toml", "x", ["s"]), try question("a.toml", "x", [], ["s"]),
      try question("a.toml", "x", ["s", "t"]), try question("a.toml", "x", ["s\",\"t"]),
      try question("a.toml", "x", [], [], [absent]), try question("a.toml", "x", [], [], [old]),
    ]
    #expect(Set(digests).count == digests.count)
    #expect(try question() == digests[0])
    try runs.write("young", "")
    let young = RunQuestion(
      path: "a.toml", definition: [], settings: [], stages: [],
      files: [runs.workshop.folder.path("young")])
    #expect(young == nil, "a file that may change again within its time stamp")
  }
}
