import Diagnostics
import Files
import Text

/// Bytes in memory, handed out at most `step` at a time.
package struct ByteChunks: ByteSource {
  package let bytes: [UInt8]
  private let step: Int
  private var start = 0

  package init(_ bytes: [UInt8], step: Int = .max) {
    self.bytes = bytes
    self.step = step
  }

  package init(_ text: String, step: Int = .max) { self.init(Array(text.utf8), step: step) }

  package mutating func read(into buffer: inout [UInt8]) throws(Diagnostic) -> Int {
    let count = min(step, buffer.count, bytes.count - start)
    buffer.replaceSubrange(0..<count, with: bytes[start..<start + count])
    start += count
    return count
  }
}

/// Bytes kept as they are written.
package struct ByteHeap: ByteSink {
  package private(set) var bytes: [UInt8] = []
  package var byteCount: Int { bytes.count }

  package init() {}

  package mutating func write(_ bytes: Span<UInt8>) throws(Diagnostic) {
    for index in bytes.indices { self.bytes.append(bytes[index]) }
  }
}
