import Foundation

/// A file's bytes, unpacked by the gzip program when its name ends in `.gz`.
func contents(of url: URL) throws -> [UInt8] {
  guard url.pathExtension == "gz" else { return Array(try Data(contentsOf: url)) }
  let (gzip, pipe) = (Process(), Pipe())
  gzip.executableURL = URL(filePath: "/usr/bin/env")
  gzip.arguments = ["gzip", "-dc", url.path]
  gzip.standardOutput = pipe
  try gzip.run()
  defer { gzip.waitUntilExit() }
  return Array(pipe.fileHandleForReading.readDataToEndOfFile())
}
