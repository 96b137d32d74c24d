import Diagnostics
import Files
import Fixtures
import Formats
import Foundation
import Testing

/// Files that are not what they were: read as something else, or refused.
struct DamagedFilesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `damaged JSON is a value or an error in its text`() {
    let text =
      #"{"a":[1,-2.5e3,"é\u00e9\ud83d\ude00",{"b":null,"c":true}],"d":9007199254740993,"e":{}}"#
    for copy in DamagedCopies(of: Array(text.utf8), count: 4_000) {
      do throws(Diagnostic) {
        let value = try JSONValue(parsing: copy, file: "f")
        #expect((try? JSONValue(parsing: value.compact, file: "f")) == value)
      } catch {
        #expect(error.place?.line != nil)
      }
    }
  }

  @Test(arguments: ["[", "{\"a\":", "[[1],"])
  func `JSON nested without end is refused`(_ opening: String) {
    let text = String(repeating: opening, count: 100_000)
    let error = #expect(throws: Diagnostic.self) { try JSONValue(parsing: text, file: "f") }
    #expect(error?.message.problem.contains("nested deeper") == true)
  }

  @Test func `a damaged tensor file is read or refused, mapped or not`() throws {
    let whole = try tensors()
    for copy in DamagedCopies(of: whole, count: 400) {
      let path = try folder.write("damaged", bytes: copy)
      for file in [try? SafetensorsFile(path: path), try? SafetensorsFile(reading: path)] {
        guard let file else { continue }
        for entry in file.entries {
          _ = try? file.values(entry.name, of: Float.self)
          #expect(try file.withBytes(entry) { $0.count } == entry.byteRange.count)
        }
      }
    }
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
