import Digests
import Files
import Formats
import Glibc
import TOML

/// All that a run's stages follow from, but for what planning reads beside the definition: two runs with
/// one question have one plan.
package struct RunQuestion: Sendable {
  /// The path of the definition, as it was given.
  package var path: String { source.file }
  /// The definition.
  package let source: TOMLSource
  /// The digest of everything that is asked.
  package let digest: Digest

  /// Nil where what is asked is not known well enough, as when the program was built a moment ago.
  ///
  /// - Parameters:
  ///   - settings: what overrides options of the definition, as it was given.
  ///   - stages: the stages that are wanted, as they were given.
  ///   - files: the paths of other files that say how the run is carried out; they may be absent.
  package init?(
    path: String, definition: [UInt8], settings: [String], stages: [String], files: [String]
  ) {
    let now = Clock.nanoseconds()
    guard let program = Self.look(at: "/proc/self/exe", now), program != .null,
      let folder = try? WorkingFolder.path
    else { return nil }
    var looks: [JSONValue] = []
    for file in files {
      guard let look = Self.look(at: file, now) else { return nil }
      looks.append(look)
    }
    func list(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
    let question: JSONValue = [
      "program": program, "version": .string(Program.version), "host": .string(Host.name),
      "folder": .string(folder), "path": .string(path),
      "definition": .string("\(BLAKE3.digest(of: definition))"), "settings": list(settings),
      "stages": list(stages), "files": .array(looks),
    ]
    source = TOMLSource(bytes: definition, file: path)
    digest = BLAKE3.digest(of: question.compact)
  }

  /// The status of a file, or `null` where there is none; nil where that does not tell whether it is as
  /// it was.
  private static func look(at path: String, _ now: Int64) -> JSONValue? {
    // A folder that may not be looked into counts as one without files.
    guard unsafe access(path, F_OK) == 0 else { return .null }
    guard let file = try? OpenFile(path, for: .read, in: SystemFiles()),
      let status = try? file.status().status, status.isSettled(at: now)
    else { return nil }
    return status.json
  }
}

extension FileStatus {
  /// Whether every later change of the file gives it another status: it did not change in the last two
  /// seconds, of which one time stamp may tell.
  func isSettled(at now: Int64) -> Bool { max(modified, changed) < now - 2_000_000_000 }

  /// Device, inode, size and times.
  var json: JSONValue {
    .array([
      .integer(Int64(bitPattern: device)), .integer(Int64(bitPattern: inode)),
      .integer(byteCount), .integer(modified), .integer(changed),
    ])
  }

  init?(_ json: JSONValue?) {
    let numbers = (json?.arrayValue ?? []).compactMap(\.intValue)
    guard numbers.count == 5 else { return nil }
    self.init(
      device: UInt64(bitPattern: Int64(numbers[0])), inode: UInt64(bitPattern: Int64(numbers[1])),
      byteCount: numbers[2], modified: Int64(numbers[3]), changed: Int64(numbers[4]))
  }
}
