import Diagnostics
import Files

extension InputFile: ByteSource {
  package mutating func read(into buffer: inout [UInt8]) throws(Diagnostic) -> Int {
    let size = buffer.count
    buffer.removeAll(keepingCapacity: true)
    let count = try read(into: &buffer, atMost: size)
    buffer.append(contentsOf: repeatElement(0, count: size - count))
    return count
  }
}
