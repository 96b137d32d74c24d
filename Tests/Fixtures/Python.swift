import Foundation

/// Python, where it is installed: the program that exported models are for.
package enum Python {
  /// Whether Python can be started and has a module.
  package static func has(_ module: String) -> Bool {
    (try? run(["-c", "import \(module)"], input: ""))?.exitCode == 0
  }

  /// Runs Python to its end.
  package static func run(
    _ words: [String], input: String
  ) throws -> (exitCode: Int32, output: String) {
    let streams = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + words
    process.standardInput = try FileHandle(
      forReadingFrom: URL(filePath: try streams.write("input", input)))
    let output = URL(filePath: try streams.write("output", ""))
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try String(contentsOf: output, encoding: .utf8))
  }
}
