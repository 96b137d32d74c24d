import Foundation
import Glibc

/// A program run to its end, with what it used.
struct ChildProcess {
  let exitCode: Int32
  /// The most memory it held, in bytes.
  let peakBytes: Int

  /// The program that is built beside this one.
  static var millrace: String {
    URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "millrace").path
  }

  /// Runs a program with its output thrown away; nil when it cannot be started.
  init?(_ words: [String]) {
    var actions = unsafe posix_spawn_file_actions_t()
    _ = unsafe posix_spawn_file_actions_init(&actions)
    defer { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
      _ = unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
    }
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { unsafe arguments.forEach { unsafe free($0) } }
    var child = pid_t()
    guard unsafe posix_spawnp(&child, words[0], &actions, nil, &arguments, environ) == 0 else {
      return nil
    }
    var status: Int32 = 0
    var usage = rusage()
    while unsafe wait4(child, &status, 0, &usage) < 0 {
      guard errno == EINTR else { return nil }
    }
    exitCode = status & 0x7F == 0 ? (status >> 8) & 0xFF : -1
    peakBytes = usage.ru_maxrss * 1024
  }
}
