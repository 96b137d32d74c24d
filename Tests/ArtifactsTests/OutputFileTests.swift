import Artifacts
import Diagnostics
import Fixtures
import Foundation
import Testing

struct OutputFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `a file takes its place whole, or leaves what was there`() throws {
    let path = try folder.write("a.txt", "old")
    do {
      var dropped = try OutputFile(path)
      try dropped.write("half of the")
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    let large = [UInt8](repeating: 65, count: 700_000)
    var file = try OutputFile(path)
    try file.write("new ")
    try file.write(large)
    try file.write(" end")
    let count = file.byteCount
    try file.commit(durable: true)
    #expect(count == 700_008)
    let text = try Data(contentsOf: URL(filePath: path))
    #expect(Array(text) == Array("new ".utf8) + large + Array(" end".utf8))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["a.txt"])
  }

  @Test func `a folder that is not there is named`() {
    let path = folder.path("absent/a.txt")
    let error = #expect(throws: Diagnostic.self) { _ = try OutputFile(path) }
    #expect(error?.message.problem.hasSuffix("No such file or directory") == true)
    #expect(error?.message.problem.contains(path) == true)
  }

  @Test func `tensors are written to a path as into a store`() throws {
    let path = folder.path("t.safetensors")
    let writer = SafetensorsWriter([.init("a", .float32, shape: [2])])
    var file = try OutputFile(path)
    try writer.write(into: &file) { _, file throws(Diagnostic) in
      try file.write(elements: [1, 2] as [Float])
    }
    try file.commit()
    #expect(try SafetensorsFile(path: path).values("a", of: Float.self) == [1, 2])
  }
}
