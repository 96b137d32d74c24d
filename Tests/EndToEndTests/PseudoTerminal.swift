import Fixtures
import Foundation
import Glibc

/// A terminal without a window, of a stated width.
struct PseudoTerminal {
  /// Where a test reads what a program shows, and writes what a person types.
  private let master: Int32
  /// What a program has as its terminal.
  private let slave: Int32

  /// Linux's requests to unlock a pseudo-terminal and to tell its number, whose macros Swift cannot read.
  private static let unlock: UInt = 0x4004_5431
  private static let number: UInt = 0x8004_5430

  /// The code of the key Ctrl-D.
  private static let endOfInput: UInt8 = 4

  init(width: Int) throws {
    master = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var (isLocked, number): (Int32, Int32) = (0, 0)
    var size = winsize(ws_row: 24, ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
    guard master >= 0, unsafe ioctl(master, Self.unlock, &isLocked) == 0,
      unsafe ioctl(master, Self.number, &number) == 0,
      unsafe ioctl(master, UInt(TIOCSWINSZ), &size) == 0
    else { throw POSIXError(.ENOTTY) }
    slave = unsafe open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard slave >= 0 else { throw POSIXError(.ENOTTY) }
  }

  /// Runs a program to its end on this terminal, which is then closed.
  ///
  /// - Parameter lines: what is typed, a line whenever the text that was shown ends in a prompt, and
  ///   then the end of input.
  /// - Returns: the exit code, and all that was shown.
  func run(
    _ process: Process, typing lines: [String], prompt: String = "> "
  ) throws -> (exitCode: Int32, shown: String) {
    let handle = FileHandle(fileDescriptor: slave, closeOnDealloc: true)
    (process.standardInput, process.standardOutput) = (handle, handle)
    process.standardError = handle
    try process.run()
    try handle.close()
    defer { close(master) }
    var shown: [UInt8] = []
    var answered = 0
    var lines = lines[...]
    // The read fails once no program has the terminal any more.
    while let bytes = read() {
      shown += bytes
      guard shown.count > answered, shown.suffix(prompt.utf8.count) == Array(prompt.utf8)[...]
      else {
        continue
      }
      answered = shown.count
      let typed = lines.popFirst().map { Array("\($0)\n".utf8) } ?? [Self.endOfInput]
      _ = unsafe write(master, typed, typed.count)
    }
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: shown, as: UTF8.self))
  }

  private func read() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = unsafe Glibc.read(master, &buffer, buffer.count)
    return count > 0 ? Array(buffer.prefix(count)) : nil
  }
}

extension Millrace {
  /// Runs a command to its end on a terminal.
  func onTerminal(
    width: Int, _ words: [String], environment: [String: String] = [:], typing lines: [String] = [],
    prompt: String = "> "
  ) throws -> (exitCode: Int32, screen: Screen) {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = words
    process.currentDirectoryURL = folder.url
    process.environment = Self.environment.merging(["TERM": "xterm"]) { $1 }
      .merging(environment) { $1 }
    let (code, shown) = try PseudoTerminal(width: width).run(
      process, typing: lines, prompt: prompt)
    return (code, Screen(width: width, showing: shown))
  }
}
