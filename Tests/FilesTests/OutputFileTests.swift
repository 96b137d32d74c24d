import Diagnostics
import Files
import Fixtures
import Formats
import Foundation
import LyingDisks
import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#endif

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

  @Test(arguments: [EIO, ENOSPC, EDQUOT, EROFS, EMFILE], [false, true])
  func `where any call fails, the file is whole or as it was, and nothing lies beside it`(
    code: Int32, isOurs: Bool
  ) throws {
    let new = [UInt8](repeating: 65, count: 600_000)
    for call in 0..<100 {
      let path = try folder.write("a.txt", "old")
      let files = FailingFiles(call: call, with: code, isLasting: false)
      let isWritten: Bool
      do throws(Diagnostic) {
        try OutputFile.write(path, isOurs: isOurs, in: files) { (file) throws(Diagnostic) in
          try file.write(new)
        }
        isWritten = true
      } catch {
        isWritten = false
        #expect(error.message.problem.contains("'\(path)'"), "call \(call)")
      }
      let found = Array(try Data(contentsOf: URL(filePath: path)))
      #expect(found == (isWritten ? new : Array("old".utf8)), "call \(call)")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
      #expect(names == ["a.txt"], "call \(call)")
      guard files.hasFailed else { return }
    }
    Issue.record("writing a file takes more than a hundred calls")
  }

  @Test func `a folder that is not there is named`() {
    let path = folder.path("absent/a.txt")
    let error = #expect(throws: Diagnostic.self) { _ = try OutputFile(path) }
    #expect(error?.message.problem.hasSuffix("No such file or directory") == true)
    #expect(error?.message.problem.contains("'\(path)'") == true)
  }

  @Test func `a name that is too long has a remedy`() {
    let path = folder.path(String(repeating: "n", count: 300))
    let error = #expect(throws: Diagnostic.self) { _ = try OutputFile(path) }
    #expect(error?.message.remedy?.contains("255 bytes") == true)
  }

  @Test func `a link is followed to what it names, there or not`() throws {
    try folder.write("pages/page", "old")
    for (link, named) in [("a", "pages/page"), ("b", "pages/new"), ("c", "a")] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path(link), withDestinationPath: named)
      var file = try OutputFile(folder.path(link))
      try file.write("by \(link)")
      try file.commit()
      #expect(
        try FileManager.default.destinationOfSymbolicLink(atPath: folder.path(link)) == named)
      #expect(try String(contentsOfFile: folder.path(link), encoding: .utf8) == "by \(link)")
    }
    #expect(try String(contentsOfFile: folder.path("pages/page"), encoding: .utf8) == "by c")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("loop"), withDestinationPath: "loop")
    #expect(throws: Diagnostic.self) { _ = try OutputFile(folder.path("loop")) }
  }

  @Test(.timeLimit(.minutes(120))) func `a pipe is written into and stays a pipe`() throws {
    let path = folder.path("pipe")
    try #require(unsafe mkfifo(path, 0o600) == 0)
    let read = Mutex("")
    let isRead = DispatchSemaphore(value: 0)
    let reader = Thread {
      let bytes = try? FileHandle(forReadingFrom: URL(filePath: path)).readToEnd()
      let text = String(decoding: bytes ?? Data(), as: UTF8.self)
      read.withLock { $0 = text }
      isRead.signal()
    }
    reader.start()
    var file = try OutputFile(path)
    try file.write("through the pipe")
    try file.commit(durable: true)
    isRead.wait()
    #expect(read.withLock { $0 } == "through the pipe")
    #expect(try kind(of: path) == .typeUnknown)
  }

  @Test func `a device is written into and stays a device`() throws {
    let path = folder.path("null")
    // The node of /dev/null, in a folder where it may be lost.
    guard unsafe mknod(path, S_IFCHR | 0o666, 0x103) == 0,
      FileHandle(forWritingAtPath: path) != nil
    else {
      return print("NOT RUN: a device: mknod needs root, and a file system that has devices")
    }
    var file = try OutputFile(path)
    try file.write("to nowhere")
    try file.commit()
    #expect(try kind(of: path) == .typeCharacterSpecial)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["null"])
  }

  @Test func `a link that waits under the name of the file under way is left alone`() throws {
    let victim = try folder.write("victim", "precious")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("page.\(getpid()).new"), withDestinationPath: victim)
    var file = try OutputFile(folder.path("page"))
    try file.write("page")
    try file.commit()
    #expect(try String(contentsOfFile: victim, encoding: .utf8) == "precious")
    #expect(try String(contentsOfFile: folder.path("page"), encoding: .utf8) == "page")
  }

  @Test func `a link in the place of a file of our own is replaced, not followed`() throws {
    let victim = try folder.write("victim", "precious")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("checkpoint"), withDestinationPath: victim)
    var file = try OutputFile(folder.path("checkpoint"), isOurs: true)
    try file.write("weights")
    try file.commit()
    #expect(try String(contentsOfFile: victim, encoding: .utf8) == "precious")
    #expect(try kind(of: folder.path("checkpoint")) == .typeRegular)
  }

  private func kind(of path: String) throws -> FileAttributeType? {
    try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
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
