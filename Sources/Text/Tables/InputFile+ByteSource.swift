import Diagnostics
import Files

extension InputFile: ByteSource {
  package mutating func read(into buffer: inout [UInt8]) throws(Diagnostic) -> Int {
    try fill(&buffer, from: 0)
  }
}
