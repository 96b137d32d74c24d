import Glibc

/// The thread that touches a lease as long as it is there.
///
/// It is one of its own: those of Dispatch may all be busy for minutes.
enum Heartbeat {
  private final class Watched {
    private weak var lease: Lease?

    init(_ lease: Lease) { self.lease = lease }

    /// Touches the lease; false when it is gone.
    func beat() -> Bool {
      lease?.beat()
      return lease != nil
    }
  }

  /// Without a thread the lease runs out, and what it holds may be done twice.
  static func start(for lease: Lease) {
    let watched = unsafe Unmanaged.passRetained(Watched(lease))
    var thread = pthread_t()
    let failure = unsafe pthread_create(
      &thread, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        let watched = unsafe Unmanaged<Watched>.fromOpaque(argument).takeRetainedValue()
        repeat { sleep(Lease.secondsPerBeat) } while watched.beat()
        return nil
      }, watched.toOpaque())
    if failure == 0 { pthread_detach(thread) } else { unsafe watched.release() }
  }
}
