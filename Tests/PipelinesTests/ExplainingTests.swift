import Artifacts
import Diagnostics
import Digests
import Fixtures
import Foundation
import Pipelines
import Testing
import ToyStages

@Suite struct ExplainingTests {
  static let definition = """
    \(Workshop.appended)
    times = 2

    [stage.cut]
    from = "append"
    length = 3

    [stage.learn]
    from = "cut"
    """

  let workshop: Workshop

  init() throws { workshop = try Workshop(files: ["letters.txt": "letters"]) }

  /// `name state: causes` of every stage that is not cached.
  private func stale(_ definition: String, set overlay: [String] = []) throws -> [String] {
    try workshop.assess(definition, set: overlay).stages.filter { $0.state != .cached }.map {
      "\($0.planned.name) \($0.state): \($0.causes.map(\.text).joined(separator: "; "))"
    }
  }

  @Test func `before the first run only the first stage is sure to run`() throws {
    #expect(
      try stale(Self.definition) == [
        "read run: has not run yet", "append maybe: has not run yet; after read",
        "cut maybe: has not run yet; after append", "learn maybe: has not run yet; after cut",
      ])
  }

  @Test func `after a run everything is cached`() throws {
    try workshop.run(Self.definition)
    #expect(try stale(Self.definition) == [])
  }

  @Test(arguments: [
    ("times = 2", "times = 3", "times  2 → 3", 6),
    ("times = 2", "times = 2\nmarks = [\"x\"]", "marks  [] → [x]", 7),
    ("times = 2", "suffix = \"à b\"", "suffix  \"!\" → \"à b\"; times  2 → 1", 6),
  ])
  func `a changed option is the root cause, with its place`(
    old: String, new: String, cause: String, line: Int
  ) throws {
    try workshop.run(Self.definition)
    let changed = Self.definition.replacing(old, with: new)
    #expect(
      try stale(changed) == [
        "append run: \(cause)", "cut maybe: after append", "learn maybe: after cut",
      ])
    let assessment = try workshop.assess(changed)
    #expect(assessment.roots.map(\.stage.planned.name) == ["append"])
    #expect(assessment.roots.first?.followers.map(\.name) == ["cut", "learn"])
    #expect(assessment["append"]?.causes.first?.place?.line == line)
  }

  @Test func `a changed file is named`() throws {
    try workshop.run(Self.definition)
    try workshop.folder.write("letters.txt", "other letters")
    let path = workshop.folder.path("letters.txt")
    #expect(try stale(Self.definition).first == "read run: \(path) has changed")
  }

  @Test func `a file that is not there is said with its place`() throws {
    try FileManager.default.removeItem(atPath: workshop.folder.path("letters.txt"))
    let assessment = try workshop.assess(Self.definition)
    let cause = try #require(assessment["read"]?.causes.first)
    #expect(cause.text.hasPrefix("cannot open '"))
    #expect(cause.place?.line == 2)
  }

  @Test func `a renamed stage is still cached`() throws {
    try workshop.run(Self.definition)
    let renamed = Self.definition.replacing(
      "[stage.append]", with: "[stage.behind]\nkind = \"append\""
    )
    .replacing("\"append\"\nlength", with: "\"behind\"\nlength")
    #expect(try stale(renamed) == [])
  }

  @Test func `an input that gave other bytes is named`() throws {
    try workshop.run(Self.definition)
    _ = try workshop.run(
      try workshop.plan(Self.definition, set: ["append.times=1"]), stages: ["append"])
    let longer = ["append.times=1", "cut.length=9"]
    #expect(
      try stale(Self.definition, set: longer) == [
        "cut run: length  3 → 9; append gave other bytes (from)", "learn maybe: after cut",
      ])
  }

  @Test func `a result that is gone from the store is said to be lost`() throws {
    let report = try workshop.run(Self.definition)
    let digest = try #require(report.stages[2].record?.output("text")?.digest)
    let path =
      "\(workshop.store.root)/objects/\(digest.description.prefix(2))/\(digest.description.dropFirst(2))"
    try FileManager.default.removeItem(atPath: path)
    #expect(
      try stale(Self.definition) == [
        "cut run: its result is no longer in the store", "learn maybe: after cut",
      ])
    #expect(try workshop.run(Self.definition).ranStages == ["cut"])
  }

  @Test func `a definition is the same by whatever path it is reached`() throws {
    let first = try workshop.plan(Self.definition, file: "toy.toml")
    try workshop.folder.write("toy.toml", Self.definition)
    try workshop.folder.write("sub/letters.txt", "letters")
    try workshop.run(first)
    let changed = Self.definition.replacing("times = 2", with: "times = 3")
    let other = try workshop.plan(changed, file: "sub/../toy.toml")
    let causes = try Assessment(of: other, in: workshop.store)["append"]?.causes.map(\.text)
    #expect(causes == ["times  2 → 3"])
  }
}
