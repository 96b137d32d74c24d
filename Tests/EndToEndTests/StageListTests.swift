import Fixtures
import Foundation
import Testing

@Suite struct StageListTests {
  /// A stage kind is a file in `Sources/Stages/Kinds` and a line in the catalogue.
  @Test func `every stage kind is in the catalogue`() throws {
    let kinds = Folders.project.appending(path: "Sources/Stages/Kinds")
    let list = try #require(try Millrace()("stages", "--json").json as? [[String: Any]])
    let listed = Set(list.compactMap { $0["kind"] as? String })
    var found = 0
    for file in Folders.files(below: kinds, ending: ".swift") {
      let source = try String(contentsOf: file, encoding: .utf8)
      let kind = try #require(
        source.firstMatch(of: /struct (\w+): \w+ \{\n.*static let kind = "([a-z0-9-]+)"/),
        "\(file.lastPathComponent)")
      found += 1
      #expect(
        listed.contains(String(kind.2)),
        "add `\(kind.1).self,` to Sources/Stages/StageCatalog+Standard.swift")
    }
    #expect(found == listed.count)
  }

  @Test func `every stage kind's manual names its options with defaults`() throws {
    let millrace = try Millrace()
    let list = try #require(try millrace("stages", "--json").json as? [[String: Any]])
    for kind in list {
      let name = try #require(kind["kind"] as? String)
      let manual = try millrace("stages", name)
      #expect(manual.exitCode == 0)
      for option in try #require(kind["options"] as? [[String: Any]]) {
        let line = "  \(option["name"] as? String ?? "") "
        #expect(manual.output.contains(line), "\(name)\(line)")
        #expect((option["meaning"] as? String)?.isEmpty == false, "\(name)\(line)")
      }
    }
  }
}
