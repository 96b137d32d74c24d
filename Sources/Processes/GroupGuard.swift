import CSpawn
import Glibc

/// A process that waits for the end of this one, and then kills a group.
struct GroupGuard {
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
    let words = ["/bin/sh", "-c", "read line; kill -s KILL -- \"-$0\"", "\(group)"]
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
