import Glibc

/// Lines that arrive in pieces through a pipe.
struct ArrivingLines {
  /// The longest line, in bytes; what is longer is cut up.
  private static let longestLine = 4_096

  private let pipe: Int32
  private var rest: [UInt8] = []
  private var hasEnded = false

  init(_ pipe: Pipe) { self.pipe = pipe.reader }

  /// Takes what arrives at several pipes within so many milliseconds; false when nothing did.
  ///
  /// - Parameter said: called with each line and the place of its pipe.
  @discardableResult
  static func read(
    _ streams: inout [ArrivingLines], waiting milliseconds: Int32,
    _ said: (String, _ stream: Int) -> Void
  ) -> Bool {
    let open = streams.indices.filter { !streams[$0].hasEnded }
    var ready = open.map { pollfd(fd: streams[$0].pipe, events: Int16(POLLIN), revents: 0) }
    // At the end of all messages the program may go on: then this only waits.
    guard unsafe poll(&ready, nfds_t(ready.count), milliseconds) > 0 else { return false }
    for (place, stream) in open.enumerated() where ready[place].revents != 0 {
      streams[stream].read { said($0, stream) }
    }
    return true
  }

  private mutating func read(_ said: (String) -> Void) {
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    let count = unsafe Glibc.read(pipe, &buffer, buffer.count)
    guard count > 0 else {
      hasEnded = count == 0 || errno != EINTR
      return
    }
    rest += buffer.prefix(count)
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      said(String(decoding: rest[..<end], as: UTF8.self))
      rest.removeSubrange(...end)
    }
    if rest.count > Self.longestLine { finish(said) }
  }

  mutating func finish(_ said: (String) -> Void) {
    if !rest.isEmpty { said(String(decoding: rest, as: UTF8.self)) }
    rest = []
  }
}
