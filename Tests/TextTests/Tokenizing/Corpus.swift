import Foundation

/// Files of lines as tests read them, packed with gzip or not.
enum Corpus {
  static func bytes(of file: URL) throws -> [UInt8] {
    guard file.pathExtension == "gz" else { return [UInt8](try Data(contentsOf: file)) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gunzip", "-c", file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return [UInt8](data)
  }

  /// The lines, without their line feeds.
  static func lines(of file: URL) throws -> [[UInt8]] {
    var bytes = try bytes(of: file)
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    return bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { [UInt8]($0) }
  }

  static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
