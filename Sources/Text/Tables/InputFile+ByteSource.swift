import Diagnostics
import Files

extension InputFile: ByteSource {
  package mutating func read(into buffer: inout [UInt8]) throws(Diagnostic) -> Int {
    try fill(&buffer, from: 0)
  }

  package mutating func append(
    to bytes: inout [UInt8], atMost limit: Int
  ) throws(Diagnostic) -> Int {
    try read(into: &bytes, atMost: limit)
  }
}
