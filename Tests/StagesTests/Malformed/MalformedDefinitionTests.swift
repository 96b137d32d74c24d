import Fixtures
import Foundation
import Pipelines
import Stages
import Testing

struct MalformedDefinitionTests {
  @Test(arguments: DefinitionDiagnostics.all.keys.sorted())
  func `a definition's problems are told in full`(_ name: String) throws {
    let bytes = try Data(contentsOf: Self.folder.appending(path: "\(name).toml"))
    let reading = Plan.read(Array(bytes), file: "\(name).toml", overlay: [], catalog: .standard)
    let found =
      switch reading {
      case .plan(let plan): plan.warnings
      case .problems(let problems): problems
      }
    let told = found.map { "\($0)" }.joined(separator: "\n")
    #expect(told == DefinitionDiagnostics.all[name])
  }

  @Test func `every definition of the folder has its text`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    let names = files.filter { $0.hasSuffix(".toml") }.map { String($0.dropLast(5)) }
    #expect(Set(names) == Set(DefinitionDiagnostics.all.keys))
  }

  private static let folder = Folders.fixtures.appending(path: "malformed")
}
