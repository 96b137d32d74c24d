import Diagnostics
import Digests
import Files
import Fixtures
import Foundation
import Testing

struct InputFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `plain and gzip files read the same, whatever the size of a read`() throws {
    let content = text(lines: 40_000)
    let plain = try folder.write("a.txt", bytes: content)
    let packed = folder.path("a.txt.gz")
    try write(content, to: packed)
    for limit in [1 << 20, 70_000, 4096] {
      #expect(try read(plain, limit: limit) == content)
      #expect(try read(packed, limit: limit) == content)
    }
    #expect(try read(folder.write("empty", "")) == [])
    #expect(try read(folder.write("one", bytes: [0x1F])) == [0x1F])
  }

  @Test func `a gzip file of several members and padding reads as one`() throws {
    try write(Array("first ".utf8), to: folder.path("1.gz"))
    try write(Array("second".utf8), to: folder.path("2.gz"))
    let members = try bytes("1.gz") + bytes("2.gz")
    #expect(try read(folder.write("both.gz", bytes: members)) == Array("first second".utf8))
    let padded = try folder.write("padded.gz", bytes: members + [UInt8](repeating: 0, count: 512))
    #expect(try read(padded) == Array("first second".utf8))
  }

  @Test func `every truncation of a gzip file is refused with its name`() throws {
    try write(text(lines: 20), to: folder.path("a.gz"))
    let whole = try bytes("a.gz")
    for length in 2..<whole.count {
      let path = try folder.write("cut.gz", bytes: Array(whole.prefix(length)))
      let error = #expect(throws: Diagnostic.self) { try read(path) }
      #expect(
        error?.message.problem
          == "'\(path)' ends in the middle of its gzip data, after byte \(length)")
    }
  }

  @Test func `a flipped bit of a gzip file never gives other text`() throws {
    let content = text(lines: 20)
    try write(content, to: folder.path("a.gz"))
    let whole = try bytes("a.gz")
    for (what, damaged) in EveryDamage(to: whole) {
      let path = try folder.write("bad.gz", bytes: damaged)
      guard let result = try? read(path) else { continue }
      // Bytes 4 to 9 are the time stamp and the system; a damaged magic number makes a plain file.
      #expect(result == content || !damaged.starts(with: [0x1F, 0x8B]), "\(what)")
    }
  }

  @Test func `what follows a gzip member and is not gzip is refused`() throws {
    try write(Array("text".utf8), to: folder.path("a.gz"))
    let path = try folder.write("b.gz", bytes: bytes("a.gz") + Array("rest".utf8))
    let error = #expect(throws: Diagnostic.self) { try read(path) }
    #expect(error?.message.problem.contains("bytes after the end of the data") == true)
  }

  @Test func `files that cannot be read are named with the reason`() throws {
    let absent = folder.path("absent.csv")
    #expect(problem(absent) == "cannot open '\(absent)': No such file or directory")
    let path = folder.url.path
    #expect(problem(path) == "cannot read '\(path)': Is a directory")
  }

  @Test func `a file that grows while it is read is refused with its name`() throws {
    let path = try folder.write("a.txt", "some text")
    var file = try InputFile(path)
    var buffer: [UInt8] = []
    _ = try file.read(into: &buffer, atMost: 4)
    try folder.write("a.txt", "other text, longer")
    do throws(Diagnostic) {
      while try file.read(into: &buffer, atMost: 100) > 0 {}
      Issue.record("the change went unseen")
    } catch {
      #expect(error.message.problem == "'\(path)' changed while it was read")
    }
  }

  @Test func `the digest on the way is that of the file's own bytes`() throws {
    let content = text(lines: 40_000)
    try write(content, to: folder.path("a.gz"))
    let raw = try bytes("a.gz")
    var file = try InputFile(folder.path("a.gz"), hashing: true)
    var buffer: [UInt8] = []
    while try file.read(into: &buffer, atMost: 1 << 16) > 0 { buffer.removeAll() }
    let digest = file.digest
    #expect(digest == BLAKE3.digest(of: raw))
  }

  private func text(lines: Int) -> [UInt8] {
    (0..<lines).flatMap { Array("line \($0) of \($0 &* 7919 % 1000)\n".utf8) }
  }

  private func read(_ path: String, limit: Int = 1 << 16) throws(Diagnostic) -> [UInt8] {
    var file = try InputFile(path)
    var content: [UInt8] = []
    while try file.read(into: &content, atMost: limit) > 0 {}
    return content
  }

  /// Packs bytes with the gzip program.
  private func write(_ content: [UInt8], to path: String) throws {
    try Data().write(to: URL(filePath: path))
    let gzip = Process()
    gzip.executableURL = URL(filePath: "/usr/bin/env")
    gzip.arguments = ["gzip", "-nc", try folder.write("unpacked", bytes: content)]
    gzip.standardOutput = try FileHandle(forWritingTo: URL(filePath: path))
    try gzip.run()
    gzip.waitUntilExit()
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.url.appending(path: name)))
  }

  private func problem(_ path: String) -> String? {
    do throws(Diagnostic) {
      _ = try read(path)
      return nil
    } catch { return error.message.problem }
  }
}
