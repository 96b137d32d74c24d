import Diagnostics
import Glibc
import Synchronization

/// Standard output or standard error, which may be a terminal.
struct Terminal: Sendable {
  static let output = Terminal(descriptor: STDOUT_FILENO)
  static let errors = Terminal(descriptor: STDERR_FILENO)

  let descriptor: Int32
  let isInteractive: Bool
  /// Whether colours are used: on a terminal, unless `NO_COLOR` is set.
  let hasColor: Bool
  /// Whether lines can be erased and written anew: on a terminal, unless `TERM` is `dumb`.
  let canErase: Bool
  private let failure = Failure()

  /// The error of the first write that failed; later writes are not tried.
  private final class Failure: Sendable { let number = Atomic<Int32>(0) }

  init(descriptor: Int32) {
    self.descriptor = descriptor
    isInteractive = isatty(descriptor) == 1
    let noColor = unsafe getenv("NO_COLOR").map { unsafe $0.pointee != 0 } ?? false
    let isDumb = unsafe getenv("TERM").map { unsafe String(cString: $0) == "dumb" } ?? false
    canErase = isInteractive && !isDumb
    hasColor = canErase && !noColor
  }

  /// The columns of the terminal; elsewhere what `COLUMNS` says, or 100.
  var width: Int {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      let columns = unsafe getenv("COLUMNS").flatMap { unsafe Int(String(cString: $0)) }
      return columns.flatMap { (1...10_000).contains($0) ? $0 : nil } ?? 100
    }
    return Int(size.ws_col)
  }

  /// Whether a write has failed, so that nothing more arrives.
  var hasFailed: Bool { failureNumber != 0 }

  /// The error of the first write that failed; 0 without any.
  var failureNumber: Int32 { failure.number.load(ordering: .relaxed) }

  func line(_ text: String = "") { write(text + "\n") }

  /// Writes the text whole, unless this or an earlier write fails.
  ///
  /// For a terminal, control characters other than this program's own styles are neutralised; a pipe or
  /// a file gets every byte as it is.
  func write(_ text: String) {
    write(bytes: Array((isInteractive ? disarmed(text) : text).utf8))
  }

  /// Moves the cursor, or erases.
  func command(_ sequence: String) { write(bytes: Array(sequence.utf8)) }

  private func disarmed(_ text: String) -> String {
    guard hasColor else { return text.disarmed }
    var rest = Substring(text).unicodeScalars
    var disarmed = ""
    while let escape = rest.firstIndex(of: "\u{1B}") {
      disarmed += String(rest[..<escape]).disarmed
      rest = rest[escape...]
      let style = Style.sequences.first { rest.starts(with: $0.unicodeScalars) } ?? ""
      disarmed += style.isEmpty ? "\u{FFFD}" : style
      rest = rest.dropFirst(max(1, style.unicodeScalars.count))
    }
    return disarmed + String(rest).disarmed
  }

  func write(bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count, !hasFailed {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress?.advanced(by: sent), buffer.count - sent)
      }
      if count >= 0 {
        sent += count
      } else if errno == EAGAIN {
        waitForRoom()
      } else if errno != EINTR {
        failure.number.store(errno, ordering: .relaxed)
      }
    }
  }

  /// Waits until a non-blocking stream can be written to again.
  private func waitForRoom() {
    var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = unsafe poll(&room, 1, -1)
  }

  func styled(_ text: String, _ style: Style) -> String {
    hasColor ? style.sequence + text + Style.end : text
  }

  enum Style: String, CaseIterable {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"

    var sequence: String { "\u{1B}[\(rawValue)m" }

    static let end = "\u{1B}[0m"
    static let sequences = allCases.map(\.sequence) + [end]

    /// The text without any of them.
    static func removed(from text: String) -> String {
      sequences.reduce(text) { $0.replacing($1, with: "") }
    }
  }
}
