import Diagnostics
import Files
import Fixtures
import Formats
import Foundation
import Testing

/// JSON and tensor files that are refused, or become so while they are open.
struct DamagedFilesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `a header longer than any model's is refused before it is read`() throws {
    let path = folder.path("long.safetensors")
    let length = (0..<8).map { UInt8(truncatingIfNeeded: (17 << 20) >> (8 * $0)) }
    try folder.write("long.safetensors", bytes: length)
    try FileHandle(forWritingTo: URL(filePath: path)).truncate(atOffset: 18 << 20)
    let error = #expect(throws: Diagnostic.self) { try SafetensorsFile(reading: path) }
    #expect(error?.message.problem.contains("a header of more than 16 MB") == true)
  }

  @Test(arguments: ["[", "{\"a\":", "[[1],"])
  func `JSON nested without end is refused`(_ opening: String) {
    let text = String(repeating: opening, count: 100_000)
    let error = #expect(throws: Diagnostic.self) { try JSONValue(parsing: text, file: "f") }
    #expect(error?.message.problem.contains("nested deeper") == true)
  }

  @Test func `a person's tensor file that is cut short while it is open is an error`() throws {
    let path = try folder.write("model.safetensors", bytes: try tensors())
    let file = try SafetensorsFile(reading: path)
    #expect(try file.values("b", of: Float.self) == [1, 2, 3])
    try FileHandle(forWritingTo: URL(filePath: path)).truncate(atOffset: 40)
    let error = #expect(throws: Diagnostic.self) { try file.values("b", of: Float.self) }
    #expect(error?.message.problem.contains("changed while it was read") == true)
    #expect(throws: Diagnostic.self) {
      try file.withValues("b", of: Float.self) { _ in }
    }
  }

  @Test func `a person's tensor file may stand behind a link, one of our own may not`() throws {
    try folder.write("model.safetensors", bytes: try tensors())
    let link = folder.path("link")
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: folder.path("model.safetensors"))
    #expect(try SafetensorsFile(reading: link).values("b", of: Float.self) == [1, 2, 3])
    #expect(throws: Diagnostic.self) { try SafetensorsFile(path: link) }
  }

  private func tensors() throws -> [UInt8] {
    let path = folder.path("whole.safetensors")
    var file = try OutputFile(path)
    let writer = SafetensorsWriter(
      [.init("a", .int64, shape: [2, 1]), .init("b", .float32, shape: [3])],
      metadata: [("kind", "sample")])
    try writer.write(into: &file) { tensor, file throws(Diagnostic) in
      if tensor.name == "a" {
        try file.write(elements: [7, -8] as [Int64])
      } else {
        try file.write(elements: [1, 2, 3] as [Float])
      }
    }
    try file.commit()
    return Array(try Data(contentsOf: URL(filePath: path)))
  }
}
