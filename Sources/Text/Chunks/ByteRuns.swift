import Diagnostics

/// Bytes that are taken in runs of whatever length is at hand.
protocol ByteRuns: ~Copyable {
  /// The next bytes; none at the end.
  mutating func takeBytes() throws(Diagnostic) -> [UInt8]
}

extension DelimitedReader: ByteRuns where Source: ~Copyable {}

/// The bytes of a source in runs, of which some may be given back.
package final class SourceRuns<Source: ByteSource & ~Copyable>: ByteRuns, ByteSource {
  package private(set) var source: Source
  /// Bytes that come before those of the source.
  private var held: ArraySlice<UInt8> = []
  private var buffer: [UInt8]

  init(_ source: consuming Source, runBytes: Int = 256 << 10) {
    self.source = source
    buffer = Array(repeating: 0, count: runBytes)
  }

  func takeBytes() throws(Diagnostic) -> [UInt8] {
    guard held.isEmpty else {
      defer { held = [] }
      return Array(held)
    }
    let count = try source.read(into: &buffer)
    return Array(buffer[..<count])
  }

  /// Puts bytes back before all that were not taken.
  func giveBack(_ bytes: [UInt8]) { held = bytes[...] + held }

  package func read(into buffer: inout [UInt8]) throws(Diagnostic) -> Int {
    guard !held.isEmpty else { return try source.read(into: &buffer) }
    let count = min(buffer.count, held.count)
    buffer.replaceSubrange(0..<count, with: held.prefix(count))
    held = held.dropFirst(count)
    return count
  }
}
