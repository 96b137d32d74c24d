import Fixtures
import Foundation
import Pipelines
import Stages
import Testing

/// The page of the book that lists the kinds' versions.
@Suite struct VersionPageTests {
  @Test(arguments: StageCatalog.standard.kinds.map { "| `\($0.kind)` | \($0.version) |" })
  func `the page of raised versions has each kind with its version`(_ row: String) throws {
    let page = Folders.project.appending(path: "Sources/millrace/millrace.docc/RaisedVersions.md")
    #expect(
      try String(contentsOf: page, encoding: .utf8).contains(row),
      "say in RaisedVersions.md what the version was raised for")
  }
}
