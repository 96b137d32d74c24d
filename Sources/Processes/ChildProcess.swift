import CSpawn
import Diagnostics
import Glibc

/// A program that is run in a process group of its own, of which nothing is left when it has ended.
///
/// A guard, another process, ends the group when this program dies, however it dies.
package struct ChildProcess {
  /// How a program ended.
  package enum Ending: Hashable, Sendable {
    case exited(Int32)
    case killed(signal: Int32)
    /// Ended by us, because the run is to stop.
    case stopped
    /// Ended by us, because it took too long.
    case timedOut
  }

  /// Where its standard output goes.
  package enum Output {
    case file(String)
    /// To a function, line by line.
    case lines((String) -> Void)
  }

  /// The program, found on the PATH, and its arguments.
  private let words: [String]
  /// The folder it works in; empty for ours.
  private let folder: String
  /// `NAME=value`.
  private let environment: [String]
  /// The file that it reads on standard input.
  private let input: String
  private let output: Output
  /// Seconds between the request to end and the end by force; nil for as long as it takes.
  private let grace: Double?

  package init(
    words: [String], folder: String = "", environment: [String], input: String = "/dev/null",
    output: Output, grace: Double? = 0.7
  ) {
    self.words = words
    self.folder = folder
    self.environment = environment
    self.input = input
    self.output = output
    self.grace = grace
  }

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - limit: the most seconds it may take; nil for any number.
  ///   - said: called with each line of standard error.
  package func run(
    limit: Double?, shouldStop: () -> Bool, said: (String) -> Void
  ) throws(Diagnostic) -> Ending {
    let messages = try Pipe()
    defer { messages.closeReader() }
    let printed: Pipe?
    if case .lines = output { printed = try Pipe() } else { printed = nil }
    defer { printed?.closeReader() }
    let child: pid_t
    do throws(Diagnostic) { child = try start(messages, printed) } catch {
      messages.closeWriter()
      printed?.closeWriter()
      throw error
    }
    let watch = GroupGuard(of: child)
    messages.closeWriter()
    printed?.closeWriter()
    var lines = [ArrivingLines(messages)] + (printed.map { [ArrivingLines($0)] } ?? [])
    func pass(_ line: String, of stream: Int) {
      if stream == 0 { said(line) } else if case .lines(let print) = output { print(line) }
    }
    let started = ContinuousClock.now
    var cause: Ending?
    var askedAt = 0.0
    while !Self.hasEnded(child) {
      ArrivingLines.read(&lines, waiting: 50, pass)
      let seconds = (ContinuousClock.now - started) / .seconds(1)
      if cause == nil {
        cause = shouldStop() ? .stopped : limit.map { seconds > $0 } == true ? .timedOut : nil
        guard cause != nil else { continue }
        askedAt = seconds
        kill(-child, SIGTERM)
      } else if let grace, seconds > askedAt + grace {
        kill(-child, SIGKILL)
      }
    }
    // The number of the group stays ours until its first process is waited for.
    kill(-child, SIGKILL)
    watch?.end()
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
    while ArrivingLines.read(&lines, waiting: 0, pass) {}
    for stream in lines.indices { lines[stream].finish { pass($0, of: stream) } }
    if let cause { return cause }
    return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: status & 0x7F)
  }

  private func start(_ messages: Pipe, _ printed: Pipe?) throws(Diagnostic) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    _ = unsafe posix_spawn_file_actions_init(&actions)
    defer { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
    _ = unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)
    if let printed {
      _ = unsafe posix_spawn_file_actions_adddup2(&actions, printed.writer, STDOUT_FILENO)
    } else if case .file(let path) = output {
      _ = unsafe posix_spawn_file_actions_addopen(
        &actions, STDOUT_FILENO, path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    }
    _ = unsafe posix_spawn_file_actions_adddup2(&actions, messages.writer, STDERR_FILENO)
    if !folder.isEmpty { _ = unsafe posix_spawn_file_actions_addchdir_np(&actions, folder) }
    return try unsafe Self.spawn(words, environment, &actions)
  }

  /// Starts a program with the usual signals, in a process group of its own.
  static func spawn(
    _ words: [String], _ environment: [String], _ actions: inout posix_spawn_file_actions_t
  ) throws(Diagnostic) -> pid_t {
    var attributes = posix_spawnattr_t()
    _ = unsafe posix_spawnattr_init(&attributes)
    defer { _ = unsafe posix_spawnattr_destroy(&attributes) }
    var usual = sigset_t()
    _ = unsafe sigemptyset(&usual)
    _ = unsafe posix_spawnattr_setsigmask(&attributes, &usual)
    for number in [SIGPIPE, SIGXFSZ] { _ = unsafe sigaddset(&usual, number) }
    _ = unsafe posix_spawnattr_setsigdefault(&attributes, &usual)
    _ = unsafe posix_spawnattr_setpgroup(&attributes, 0)
    _ = unsafe posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    var variables = unsafe environment.map { unsafe strdup($0) } + [nil]
    defer { unsafe (arguments + variables).forEach { unsafe free($0) } }
    var child = pid_t()
    let failure = unsafe posix_spawnp(
      &child, words[0], &actions, &attributes, &arguments, &variables)
    guard failure == 0 else { throw Diagnostic(.cannotStart(words[0], failure)) }
    return child
  }

  /// Whether a child has ended; it is still to be waited for.
  private static func hasEnded(_ child: pid_t) -> Bool {
    var status = unsafe siginfo_t()
    let result = unsafe waitid(P_PID, id_t(child), &status, WEXITED | WNOHANG | WNOWAIT)
    return result == 0 ? unsafe status.si_signo != 0 : errno != EINTR
  }
}

extension Diagnostic.Message {
  fileprivate static func cannotStart(_ program: String, _ number: Int32) -> Self {
    let reason = unsafe String(cString: strerror(number))
    return Self(
      "the program '\(program)' cannot be started: \(reason)",
      remedy: "give a program on the PATH, or a path relative to the definition")
  }
}
