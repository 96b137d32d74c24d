import Artifacts
import Digests
import Fixtures
import Foundation
import LyingDisks
import Pipelines
import Testing
import ToyStages

/// Runs that look records up by the index that the run before left.
@Suite struct IndexedRunTests {
  private let workshop: Workshop

  /// A definition that was run, and run again some seconds later, when its records were old enough.
  init() throws {
    workshop = try Workshop(definition: Workshop.cut)
    try workshop.run(Workshop.cut)
    _ = try later()
  }

  /// Runs some seconds later.
  ///
  /// - Returns: the report, and which records were opened.
  private func later(_ edits: [String] = []) throws -> (report: RunReport, opened: [String]) {
    let files = OpenedFiles()
    let store = ArtifactStore(root: workshop.store.root, isDurable: false, files: files)
    let report = try workshop.run(workshop.plan(Workshop.cut, set: edits), in: store)
    return (report, files.take().filter { $0.contains("/keys/") })
  }

  private var indices: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: "\(workshop.store.root)/index")
    }
  }

  @Test func `a run that has nothing to do opens no record`() throws {
    let (report, opened) = try later()
    #expect(report.ranStages.isEmpty && report.cached == 5)
    #expect(opened.isEmpty)
    #expect(try indices == workshop.store.rootNames())
  }

  @Test func `what an edit leaves as it was is not opened, what it makes is known afterwards`()
    throws
  {
    let whole = try workshop.run(Workshop.cut)
    let (report, _) = try later(["append.times=2"])
    #expect(report.ranStages.first == "append" && report.outcomes["read"] == "cached")
    #expect(try later(["append.times=2"]).report.ranStages.isEmpty)
    #expect(try later(["append.times=2"]).opened.isEmpty)
    // Switching back needs the older records, which are there still.
    let (back, _) = try later()
    #expect(back.ranStages.isEmpty && back.keys == whole.keys)
  }

  @Test func `what was lost since is made again`() throws {
    let first = try workshop.run(Workshop.cut)
    let record = try #require(first.stages.first { $0.stage == "append" }?.record)
    try FileManager.default.removeItem(
      atPath: "\(workshop.store.root)/keys/\(record.key.path)")
    #expect(try later().report.ranStages == ["append"])
    let shout = try #require(first.stages.first { $0.stage == "shout" }?.record)
    try FileManager.default.removeItem(
      atPath: "\(workshop.store.root)/objects/\(shout.outputs[0].digest.path)")
    #expect(try later().report.ranStages == ["shout"])
  }

  @Test func `an assessment finds what a run finds, and opens no record either`() throws {
    let files = OpenedFiles()
    let store = ArtifactStore(root: workshop.store.root, isDurable: false, files: files)
    let assessment = try Assessment(of: workshop.plan(Workshop.cut), in: store)
    #expect(assessment.stages.allSatisfy { $0.state == .cached })
    #expect(!files.take().contains { $0.contains("/keys/") })
  }

  @Test func `the index of a definition that is gone goes with its root`() throws {
    try FileManager.default.removeItem(atPath: workshop.folder.path("toy.toml"))
    _ = try CollectionPlan.carryOut(in: workshop.reopened(), .strict)
    #expect(try indices.isEmpty)
  }
}
