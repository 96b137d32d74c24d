import Diagnostics
import Files
import Text

/// Bytes in memory, handed out at most `step` at a time.
struct ByteChunks: ByteSource {
  let bytes: [UInt8]
  let step: Int
  private var start = 0

  init(_ bytes: [UInt8], step: Int = .max) {
    self.bytes = bytes
    self.step = step
  }

  init(_ text: String, step: Int = .max) { self.init(Array(text.utf8), step: step) }

  mutating func read(into buffer: inout [UInt8]) throws(Diagnostic) -> Int {
    let count = min(step, buffer.count, bytes.count - start)
    buffer.replaceSubrange(0..<count, with: bytes[start..<start + count])
    start += count
    return count
  }
}

/// Bytes kept as they are written.
struct ByteHeap: ByteSink {
  var bytes: [UInt8] = []
  var byteCount: Int { bytes.count }

  mutating func write(_ bytes: Span<UInt8>) throws(Diagnostic) {
    for index in bytes.indices { self.bytes.append(bytes[index]) }
  }
}
