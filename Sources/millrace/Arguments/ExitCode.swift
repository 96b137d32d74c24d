/// The program's exit codes, on which scripts rely.
enum ExitCode: Int32 {
  case fine = 0
  case stageFailed = 1
  case usage = 2
  case stale = 3
  case storeDamaged = 4
  /// Stopped at a checkpoint: run again to go on (`EX_TEMPFAIL`).
  case stoppedAtCheckpoint = 75
  /// Stopped by a signal, with nothing to go on from: the program ends by that signal.
  case interrupted = 130
  /// The reader of standard output closed it before the end: 128 + SIGPIPE.
  case outputAbandoned = 141
}
