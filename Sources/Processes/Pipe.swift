import CSpawn
import Diagnostics
import Glibc

/// The two ends of a pipe, which no child inherits unless it is given them.
struct Pipe {
  let reader: Int32
  let writer: Int32

  init() throws(Diagnostic) {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe2(&ends, O_CLOEXEC) == 0 else { throw Diagnostic(.noPipe(errno)) }
    (reader, writer) = (ends[0], ends[1])
  }

  func closeReader() { _ = close(reader) }
  func closeWriter() { _ = close(writer) }
}

extension Diagnostic.Message {
  fileprivate static func noPipe(_ number: Int32) -> Self {
    Self("no pipe can be made: \(unsafe String(cString: strerror(number)))")
  }
}
