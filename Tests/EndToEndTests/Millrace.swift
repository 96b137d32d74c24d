import Fixtures
import Foundation

/// The built program in a folder of its own, as a person or a script uses it.
struct Millrace {
  /// Beside the test bundle, where both were built.
  static let program: URL = {
    let bundle = CommandLine.arguments.first { $0.contains(".xctest") }
    let folder =
      bundle.map { path in
        URL(filePath: String(path[..<(path.range(of: ".xctest")?.lowerBound ?? path.endIndex)]))
          .deletingLastPathComponent()
      } ?? Folders.project.appending(path: ".build/release")
    let program = folder.appending(path: "millrace")
    let isThere = FileManager.default.isExecutableFile(atPath: program.path)
    return isThere ? program : Folders.project.appending(path: ".build/release/millrace")
  }()

  /// What the program sees of the environment of the tests: nothing that would change what it does.
  static let environment = ProcessInfo.processInfo.environment.filter { name, _ in
    let isOurs = name.hasPrefix("MILLRACE_") && name != "MILLRACE_DATA"
    let isOfJob = ["SLURM_", "SBATCH_"].contains { name.hasPrefix($0) } && name != "SLURM_CONF"
    return !isOurs && !isOfJob && !["NO_COLOR", "COLUMNS", "TERM"].contains(name)
  }

  let folder: TemporaryFolder

  init(files: [String: String] = [:]) throws {
    folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(name, text) }
  }

  /// Runs a command to its end.
  @discardableResult
  func callAsFunction(
    _ words: String..., environment: [String: String] = [:], input: String = ""
  ) throws -> Finished {
    try start([Self.program.path] + words, environment: environment, input: input).finish()
  }

  /// Runs a line of shell, in which `millrace` is the program.
  @discardableResult
  func shell(_ line: String) throws -> Finished {
    try start(["/bin/bash", "-c", "millrace() { exec '\(Self.program.path)' \"$@\"; }\n\(line)"])
      .finish()
  }

  func start(
    _ words: [String], environment: [String: String] = [:], input: String = ""
  ) throws -> Running {
    let streams = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(filePath: words[0])
    process.arguments = Array(words.dropFirst())
    process.currentDirectoryURL = folder.url
    process.environment = Self.environment.merging(environment) { $1 }
    process.standardInput = try FileHandle(
      forReadingFrom: URL(filePath: try streams.write("input", input)))
    process.standardOutput = try FileHandle(
      forWritingTo: URL(filePath: try streams.write("output", "")))
    process.standardError = try FileHandle(
      forWritingTo: URL(filePath: try streams.write("errors", "")))
    try process.run()
    return Running(process: process, streams: streams)
  }

  /// Starts a run that tells of itself in JSON Lines.
  func startRun(_ words: String...) throws -> Running {
    try start([Self.program.path, "run"] + words + ["--json"])
  }

  /// Runs a definition and gives what each stage came to.
  func run(_ words: String...) throws -> RunOutcome {
    RunOutcome(try start([Self.program.path, "run"] + words + ["--json"]).finish())
  }

  /// The bytes of a stage's output, which the store names by their digest.
  func digest(of port: String, _ stage: String, in outcome: RunOutcome) -> String? {
    (outcome.stages[stage]?["outputs"] as? [String: String])?[port]
  }

  func path(of digest: String) -> String {
    folder.path(".millrace/objects/\(digest.prefix(2))/\(digest.dropFirst(2))")
  }
}

/// A program under way.
struct Running {
  let process: Process
  let streams: TemporaryFolder

  var output: String { text("output") }

  func finish() -> Finished {
    process.waitUntilExit()
    return Finished(
      exitCode: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
      output: output, errors: text("errors"))
  }

  func signal(_ number: Int32) { kill(process.processIdentifier, number) }

  /// Waits until the output holds a text; false when the program ends before.
  func waits(for text: String) -> Bool {
    while !output.contains(text) {
      guard process.isRunning else { return output.contains(text) }
      usleep(500)
    }
    return true
  }

  private func text(_ name: String) -> String {
    (try? String(contentsOf: streams.url.appending(path: name), encoding: .utf8)) ?? ""
  }
}

/// What a program left when it ended.
struct Finished {
  let exitCode: Int32
  let wasKilled: Bool
  let output: String
  let errors: String

  var json: Any? { try? JSONSerialization.jsonObject(with: Data(output.utf8)) }

  var jsonLines: [[String: Any]] {
    output.split(separator: "\n").compactMap { line in
      (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any]
    }
  }
}

/// What `run --json` told.
struct RunOutcome {
  let finished: Finished

  init(_ finished: Finished) { self.finished = finished }

  var exitCode: Int32 { finished.exitCode }

  /// The last line told of each stage.
  var stages: [String: [String: Any]] {
    let lines = finished.jsonLines.filter { $0["event"] as? String == "stage" }
    return Dictionary(
      lines.compactMap { line in (line["stage"] as? String).map { ($0, line) } },
      uniquingKeysWith: { $1 })
  }

  func stages(_ state: String) -> Set<String> {
    Set(stages.filter { $0.value["state"] as? String == state }.keys)
  }

  var ran: Set<String> { stages("ran") }

  /// The epoch that a training was in when it was last heard of.
  var epoch: Int {
    let texts = finished.jsonLines.compactMap { $0["text"] as? String }
    let begun = texts.compactMap { text in
      text.prefixMatch(of: /goes on (?:in|with) epoch (\d+)/).flatMap { Int($0.1) }
    }
    let ended = texts.compactMap { text in
      text.prefixMatch(of: /epoch (\d+)\s/).flatMap { Int($0.1) }
    }
    return max(begun.last ?? 1, (ended.last ?? 0) + 1)
  }

  /// Every output of every stage.
  var outputs: [String: [String: String]] {
    stages.compactMapValues { $0["outputs"] as? [String: String] }
  }

  var last: [String: Any] { finished.jsonLines.last ?? [:] }
}
