import Diagnostics
import Fixtures
import Foundation
import Testing

struct MalformedDataTests {
  @Test(arguments: DataDiagnostics.all)
  func `a problem of the data is told in full`(_ example: DataDiagnostics.Example) throws {
    let pipeline = try TemporaryPipeline()
    let failure = try #require(try pipeline.run(example.definition(in: Self.folder.path)).failure)
    let told = [Self.folder, pipeline.folder.url].reduce("\(failure)") { text, folder in
      text.replacing("\(folder.path)/", with: "")
    }.replacing(#/~+/#, with: "~")  // as long as the path of the folder
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
