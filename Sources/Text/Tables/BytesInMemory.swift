/// Bytes that are all there, as a source.
struct BytesInMemory: ByteSource {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func read(into buffer: inout [UInt8]) -> Int {
    let count = min(buffer.count, bytes.count - position)
    buffer.replaceSubrange(0..<count, with: bytes[position..<position + count])
    position += count
    return count
  }
}
