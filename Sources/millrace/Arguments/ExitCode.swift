/// What the program tells the shell; fixed for scripts.
enum ExitCode: Int32 {
  case fine = 0
  case stageFailed = 1
  case usage = 2
  case stale = 3
  case storeDamaged = 4
  /// Stopped at a checkpoint: run again to go on (`EX_TEMPFAIL`).
  case stoppedAtCheckpoint = 75
  /// Whoever read standard output went away before all was said: 128 + SIGPIPE.
  case outputAbandoned = 141
}
