import Foundation

/// A folder beside the build, removed when the value goes away: on a disk, as stores are.
final class WorkFolder {
  let path: String

  init() throws {
    path = ".build/benchmark-\(ProcessInfo.processInfo.processIdentifier)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  func write(_ name: String, _ text: String) throws {
    try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
  }

  /// Removes a file, or a folder with all in it.
  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: "\(path)/\(name)")
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
