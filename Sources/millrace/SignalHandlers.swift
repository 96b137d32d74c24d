import Files
import Glibc
import Pipelines

/// What the program does when it gets a signal.
///
/// The system calls a handler on any thread. The code of `main.swift` is the main thread's, and Swift
/// ends a program that runs such code on another, so the handlers are here.
enum SignalHandlers {
  /// Sets the handlers.
  ///
  /// People and systems that insist end the program at once. The warnings of schedulers that time runs
  /// out, SIGXCPU and SIGUSR1, come again and again.
  static func set() {
    // With these ignored, a closed pipe and a file over its size limit are errors of the write.
    _ = signal(SIGPIPE, SIG_IGN)
    _ = signal(SIGXFSZ, SIG_IGN)

    var awaited = sigset_t()
    _ = unsafe sigemptyset(&awaited)
    let isLeftAlone = unsafe unsafeBitCast(signal(SIGHUP, SIG_IGN), to: UInt.self) == 1
    for number in [SIGINT, SIGTERM, SIGXCPU, SIGUSR1, SIGHUP] {
      if number == SIGHUP, isLeftAlone { continue }
      _ = unsafe sigaddset(&awaited, number)
      _ = signal(number) { SignalHandlers.requestStop(by: $0) }
    }
    _ = unsafe sigaddset(&awaited, SIGALRM)
    _ = signal(SIGALRM) { _ in if interruption.remind() { _exit(interruption.endingCode) } }
    WorkClock.see()
    _ = unsafe sigaddset(&awaited, SIGCONT)
    _ = signal(SIGCONT) { _ in WorkClock.resume() }
    // The program that started this process may have blocked the signals.
    _ = unsafe pthread_sigmask(SIG_UNBLOCK, &awaited, nil)
  }

  private static func requestStop(by number: Int32) {
    guard interruption.isPolled else {
      _ = signal(number, SIG_DFL)
      raise(number)
      return
    }
    let isWarning = number == SIGXCPU || number == SIGUSR1
    let count = interruption.request(by: number)
    if count > 1, !isWarning { _exit(128 + number) }
    if count == 1 {
      let pause = timeval(tv_sec: 0, tv_usec: Interruption.reminderInterval)
      var reminders = itimerval(it_interval: pause, it_value: pause)
      _ = unsafe setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &reminders, nil)
    }
  }
}
