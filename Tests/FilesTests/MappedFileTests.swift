import Diagnostics
import Files
import Fixtures
import Foundation
import Testing

struct MappedFileTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = try folder.write("numbers", bytes: (0..<1000).map { UInt8(truncatingIfNeeded: $0) })
  }

  @Test(arguments: [0, 1000, 1001])
  func `a copy of some values is the same from a large file and from a small one`(
    _ bound: Int
  ) throws {
    let file = try MappedFile(path, largeFrom: bound)
    #expect(file.isLarge == (bound <= 1000))
    #expect(try file.values(of: UInt16.self, from: 255, count: 2) == [0x00FF, 0x0201])
    #expect(try file.values(of: UInt8.self, from: 1000, count: 0) == [])
    #expect(file.withBytes { $0[999] } == UInt8(truncatingIfNeeded: 999))
  }

  @Test func `a large file that is cut short is an error where its pieces are read`() throws {
    let file = try MappedFile(path, largeFrom: 0)
    try FileHandle(forWritingTo: URL(filePath: path)).truncate(atOffset: 500)
    #expect(try file.values(of: UInt8.self, from: 499, count: 1) == [UInt8(499 % 256)])
    let failure = #expect(throws: Diagnostic.self) {
      try file.values(of: UInt8.self, from: 499, count: 2)
    }
    #expect(failure?.message.problem.contains(path) == true)
  }

  @Test func `a file without a name is written and read, and the folder stays empty`() throws {
    let empty = try TemporaryFolder()
    let file = try OpenFile.withoutName(in: empty.path(""))
    try file.write([1, 2, 3].span)
    #expect(try FileManager.default.contentsOfDirectory(atPath: empty.path("")).isEmpty)
    #expect(try ReadFile(file).values(of: UInt8.self, from: 1, count: 2) == [2, 3])
  }
}
