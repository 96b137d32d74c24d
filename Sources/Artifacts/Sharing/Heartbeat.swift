import Glibc

/// The thread that touches a lease as long as it is there.
///
/// It is one of its own: those of Dispatch may all be busy for minutes.
enum Heartbeat {
  private final class Pulse {
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
    let pulse = unsafe Unmanaged.passRetained(Pulse(lease))
    var thread = pthread_t()
    let failure = unsafe pthread_create(
      &thread, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        let pulse = unsafe Unmanaged<Pulse>.fromOpaque(argument).takeRetainedValue()
        repeat { sleep(Lease.secondsPerBeat) } while pulse.beat()
        return nil
      }, pulse.toOpaque())
    if failure == 0 { pthread_detach(thread) } else { unsafe pulse.release() }
  }
}
