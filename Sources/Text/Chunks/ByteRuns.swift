import Diagnostics

/// Bytes that are taken in runs of whatever length is at hand.
protocol ByteRuns: ~Copyable {
  /// Appends the next bytes and returns how many they are; 0 at the end.
  mutating func takeBytes(into bytes: inout [UInt8]) throws(Diagnostic) -> Int
}

extension DelimitedReader: ByteRuns where Source: ~Copyable {}

/// The bytes of a source in runs, of which some may be given back.
package final class SourceRuns<Source: ByteSource & ~Copyable>: ByteRuns, ByteSource {
  package private(set) var source: Source
  /// Bytes that come before those of the source.
  private var held: ArraySlice<UInt8> = []
  /// Why the source cannot be read on.
  private var failure: Diagnostic?
  private let runBytes: Int

  init(_ source: consuming Source, runBytes: Int = 256 << 10) {
    self.source = source
    self.runBytes = runBytes
  }

  func takeBytes(into bytes: inout [UInt8]) throws(Diagnostic) -> Int {
    guard held.isEmpty else {
      defer { held = [] }
      bytes += held
      return held.count
    }
    if let failure { throw failure }
    return try source.append(to: &bytes, atMost: runBytes)
  }

  /// Puts bytes back before all that were not taken.
  ///
  /// - Parameter failure: what was thrown behind them; it is thrown again once they are taken.
  func giveBack(_ bytes: [UInt8], before failure: Diagnostic?) {
    held = bytes[...] + held
    self.failure = failure
  }

  package func read(into buffer: inout [UInt8]) throws(Diagnostic) -> Int {
    guard !held.isEmpty else {
      if let failure { throw failure }
      return try source.read(into: &buffer)
    }
    let count = min(buffer.count, held.count)
    buffer.replaceSubrange(0..<count, with: held.prefix(count))
    held = held.dropFirst(count)
    return count
  }
}
