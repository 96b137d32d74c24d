import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// A person's wish to stop: the first asks for a checkpoint, the second ends the process.
package final class Interruption: Sendable {
  private let wishes = Atomic(0)

  package init() {}

  package var isWished: Bool { wishes.load(ordering: .relaxed) > 0 }

  /// Counts one wish.
  ///
  /// - Returns: how many there have been.
  @discardableResult
  package func wish() -> Int { wishes.wrappingAdd(1, ordering: .relaxed).newValue }
}

extension Interruption {
  /// The interruption of this process by SIGINT and SIGTERM; a second signal ends it at once.
  package static let bySignals: Interruption = {
    let interruption = Interruption()
    var awaited = sigset_t()
    _ = unsafe sigemptyset(&awaited)
    for signalNumber in [SIGINT, SIGTERM] {
      _ = unsafe sigaddset(&awaited, signalNumber)
      signal(signalNumber) { number in
        if Interruption.bySignals.wish() > 1 { _exit(128 + number) }
      }
    }
    // A process that was started from a thread of another program may have them blocked.
    _ = unsafe pthread_sigmask(SIG_UNBLOCK, &awaited, nil)
    return interruption
  }()
}
