import Foundation

/// A folder of a test's own, removed when the value goes away.
package final class TemporaryFolder: Sendable {
  package let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "millrace-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  /// The path of a file in the folder.
  package func path(_ name: String) -> String { url.appending(path: name).path }

  /// Writes a file into the folder, making folders on the way, and returns its path.
  @discardableResult
  package func write(_ name: String, _ text: String) throws -> String {
    try write(name, bytes: Array(text.utf8))
  }

  /// Writes bytes into the folder, making folders on the way, and returns the path.
  @discardableResult
  package func write(_ name: String, bytes: [UInt8]) throws -> String {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  /// Writes a shell script into the folder that can be run by its name, and returns its path.
  ///
  /// Another process writes it. A process that some other test starts inherits what this one has open
  /// at that moment, and a file that is open for writing cannot be run.
  @discardableResult
  package func write(script name: String, _ lines: String) throws -> String {
    let text = try write("\(name).sh", "#!/bin/sh\n\(lines)\n")
    let installing = Process()
    installing.executableURL = URL(filePath: "/usr/bin/install")
    installing.arguments = ["-m", "755", text, path(name)]
    try installing.run()
    installing.waitUntilExit()
    guard installing.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
    return path(name)
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}
