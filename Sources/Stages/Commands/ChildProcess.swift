import CSpawn
import Diagnostics
import Glibc
import Pipelines

/// A program that is run in a process group of its own, of which nothing is left when it has ended.
///
/// A guard, another process, ends the group when this program dies, however it dies.
struct ChildProcess {
  /// How a program ended.
  enum Ending: Hashable {
    case exited(Int32)
    case killed(signal: Int32)
    /// Ended by us, because the run is to stop.
    case stopped
    /// Ended by us, because it took too long.
    case timedOut
  }

  /// Seconds between the request to end and the end by force.
  private static let grace = 0.7

  /// The program, found on the PATH, and its arguments.
  let words: [String]
  /// The folder it works in; empty for ours.
  let folder: String
  /// `NAME=value`.
  let environment: [String]
  /// What it reads on standard input, and where its standard output goes.
  let input: String
  let output: String

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - limit: the most seconds it may take; nil for any number.
  ///   - said: called with each line of standard error.
  func run(
    limit: Double?, shouldStop: () -> Bool, said: (String) -> Void
  ) throws(Diagnostic) -> Ending {
    let messages = try Pipe()
    let child = try start(messages)
    let watch = GroupGuard(of: child)
    messages.closeWriter()
    var lines = MessageLines()
    let started = ContinuousClock.now
    var cause: Ending?
    var askedAt = 0.0
    while !Self.hasEnded(child) {
      lines.read(messages.reader, waiting: 50, said)
      let seconds = started.secondsSoFar
      if cause == nil {
        cause = shouldStop() ? .stopped : limit.map { seconds > $0 } == true ? .timedOut : nil
        guard cause != nil else { continue }
        askedAt = seconds
        kill(-child, SIGTERM)
      } else if seconds > askedAt + Self.grace {
        kill(-child, SIGKILL)
      }
    }
    // The number of the group stays ours until its first process is waited for.
    kill(-child, SIGKILL)
    watch?.end()
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
    while lines.read(messages.reader, waiting: 0, said) {}
    lines.finish(said)
    messages.closeReader()
    if let cause { return cause }
    return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: status & 0x7F)
  }

  private func start(_ messages: Pipe) throws(Diagnostic) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    _ = unsafe posix_spawn_file_actions_init(&actions)
    defer { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
    _ = unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)
    _ = unsafe posix_spawn_file_actions_addopen(
      &actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    _ = unsafe posix_spawn_file_actions_adddup2(&actions, messages.writer, STDERR_FILENO)
    if !folder.isEmpty { _ = unsafe posix_spawn_file_actions_addchdir_np(&actions, folder) }
    return try unsafe Self.spawn(words, environment, &actions)
  }

  /// Starts a program with the usual signals, in a process group of its own.
  fileprivate static func spawn(
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

/// A process that waits for the end of this one, and then kills a group.
private struct GroupGuard {
  private let process: pid_t
  private let pipe: Pipe

  /// Nil when it cannot be started; the group then outlives a death by force.
  init?(of group: pid_t) {
    guard let pipe = try? Pipe() else { return nil }
    self.pipe = pipe
    var actions = unsafe posix_spawn_file_actions_t()
    _ = unsafe posix_spawn_file_actions_init(&actions)
    defer { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
    _ = unsafe posix_spawn_file_actions_adddup2(&actions, pipe.reader, STDIN_FILENO)
    for stream in [STDOUT_FILENO, STDERR_FILENO] {
      _ = unsafe posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0)
    }
    // The pipe ends when the last process that holds its other end does, which is this one.
    let words = ["/bin/sh", "-c", "read line; kill -KILL -- \"-$0\"", "\(group)"]
    let started = try? unsafe ChildProcess.spawn(words, [], &actions)
    pipe.closeReader()
    guard let started else {
      pipe.closeWriter()
      return nil
    }
    process = started
  }

  func end() {
    kill(process, SIGKILL)
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
    pipe.closeWriter()
  }
}

/// The two ends of a pipe, which no child inherits unless it is given them.
private struct Pipe {
  let reader: Int32
  let writer: Int32

  init() throws(Diagnostic) {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe2(&ends, O_CLOEXEC) == 0 else { throw Diagnostic(.noPipe(errno)) }
    (reader, writer) = (ends[0], ends[1])
  }

  func closeReader() { _ = close(reader) }
  func closeWriter() { _ = close(writer) }
}

/// Lines that arrive in pieces through a pipe.
private struct MessageLines {
  /// The longest line, in bytes; what is longer is cut up.
  private static let longestLine = 4_096

  private var rest: [UInt8] = []

  /// Takes what arrives within so many milliseconds; false when nothing did.
  @discardableResult
  mutating func read(_ pipe: Int32, waiting milliseconds: Int32, _ said: (String) -> Void) -> Bool {
    var ready = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&ready, 1, milliseconds) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    let count = unsafe Glibc.read(pipe, &buffer, buffer.count)
    guard count > 0 else {
      // At the end of the messages the program may go on; looking again at once would be busy.
      if milliseconds > 0 { _ = poll(nil, 0, milliseconds) }
      return false
    }
    rest += buffer.prefix(count)
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      said(String(decoding: rest[..<end], as: UTF8.self))
      rest.removeSubrange(...end)
    }
    if rest.count > Self.longestLine { finish(said) }
    return true
  }

  mutating func finish(_ said: (String) -> Void) {
    if !rest.isEmpty { said(String(decoding: rest, as: UTF8.self)) }
    rest = []
  }
}

extension Diagnostic.Message {
  fileprivate static func cannotStart(_ program: String, _ number: Int32) -> Self {
    let reason = unsafe String(cString: strerror(number))
    return Self(
      "the program '\(program)' cannot be started: \(reason)",
      remedy: "give a program on the PATH, or a path relative to the definition")
  }

  fileprivate static func noPipe(_ number: Int32) -> Self {
    Self("no pipe can be made: \(unsafe String(cString: strerror(number)))")
  }
}
