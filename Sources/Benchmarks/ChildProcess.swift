import Foundation
import Glibc

/// A program run to its end, with what it used.
///
/// A process of this program that has done nothing else starts it: the system counts what the starting
/// process ever held as held by the started one.
struct ChildProcess {
  /// What asks this program to start another.
  private static let starting = "--start"

  let exitCode: Int32
  /// From its start to its end.
  let seconds: Double
  /// The most memory it held, in bytes; at least what a program such as this one needs to start.
  let peakBytes: Int

  var milliseconds: Double { seconds * 1000 }

  /// The program that is built beside this one.
  static var millrace: String {
    URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "millrace").path
  }

  /// Runs a program with its output thrown away; nil when it cannot be started.
  init?(_ words: [String]) {
    let starter = Process()
    let output = Pipe()
    starter.executableURL = URL(filePath: "/proc/self/exe")
    starter.arguments = [Self.starting] + words
    starter.standardOutput = output
    guard (try? starter.run()) != nil else { return nil }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    starter.waitUntilExit()
    let numbers = text.split { " \n".contains($0) }.compactMap { Double($0) }
    guard numbers.count == 3 else { return nil }
    exitCode = Int32(numbers[0])
    seconds = numbers[1]
    peakBytes = Int(numbers[2])
  }

  /// Runs a program several times, after once to warm up; at most five times for a quick look.
  static func runs(_ count: Int, of words: [String]) -> [ChildProcess] {
    var runs: [ChildProcess] = []
    _ = Measurement.times(count) { if let run = Self(words) { runs.append(run) } }
    return Array(runs.dropFirst())
  }

  /// Says that a subject was not measured, as the program is not there, or failed.
  static func sayNotRun(_ subject: String) {
    print("\(subject): NOT RUN: there is no program yet, or it failed: swift build -c release")
  }

  /// Starts another program if that is what this one was asked, and ends with it.
  static func startIfAsked() {
    let words = Array(CommandLine.arguments.dropFirst())
    guard words.first == starting else { return }
    guard let ended = Self(starting: Array(words.dropFirst())) else { exit(1) }
    print(ended.exitCode, ended.seconds, ended.peakBytes)
    exit(0)
  }

  private init?(starting words: [String]) {
    var actions = unsafe posix_spawn_file_actions_t()
    _ = unsafe posix_spawn_file_actions_init(&actions)
    defer { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
      _ = unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
    }
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { unsafe arguments.forEach { unsafe free($0) } }
    var child = pid_t()
    let start = ContinuousClock.now
    guard unsafe posix_spawnp(&child, words[0], &actions, nil, &arguments, environ) == 0 else {
      return nil
    }
    var status: Int32 = 0
    var usage = rusage()
    while unsafe wait4(child, &status, 0, &usage) < 0 {
      guard errno == EINTR else { return nil }
    }
    seconds = (ContinuousClock.now - start) / .seconds(1)
    exitCode = status & 0x7F == 0 ? (status >> 8) & 0xFF : -1
    peakBytes = usage.ru_maxrss * 1024
  }
}
