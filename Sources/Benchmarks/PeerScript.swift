import Foundation

/// A Python script for a peer's figures, run by `python3` (or `$MILLRACE_PYTHON`) if it has the peer.
struct PeerScript {
  let text: String

  /// The numbers that the script prints; nil when it cannot be run, or peers were not asked for.
  func numbers(_ arguments: [Int]) -> [Double]? {
    guard BenchmarkOptions.current.measuresPeers else { return nil }
    let process = Process()
    let python = ProcessInfo.processInfo.environment["MILLRACE_PYTHON"] ?? "python3"
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [python, "-c", text] + arguments.map(String.init)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let printed = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return printed.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
  }
}
