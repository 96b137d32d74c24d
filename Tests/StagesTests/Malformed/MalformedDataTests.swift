import Fixtures
import Foundation
import PipelineFixtures
import Testing

struct MalformedDataTests {
  @Test(arguments: DataDiagnostics.all)
  func `a problem of the data is told in full`(_ example: DataDiagnostics.Example) throws {
    let pipeline = try TemporaryPipeline()
    let failure = try #require(try pipeline.run(example.definition(in: Self.folder.path)).failure)
    let told = [Self.folder, pipeline.folder.url].reduce("\(failure)") { text, folder in
      // What underlines a path is as much longer as the path is.
      let path = "\(folder.path)/"
      return text.replacing(path, with: "")
        .replacing(String(repeating: "~", count: path.count), with: "")
    }
    #expect(told == example.told)
  }

  @Test func `every file of the folder is met`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    let options = DataDiagnostics.all.map(\.options).joined()
    for file in files where file != "good.csv" {
      #expect(options.contains("\"\(file)\""), "\(file)")
    }
  }

  private static let folder = Folders.fixtures.appending(path: "malformed/data")
}
