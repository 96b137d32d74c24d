import Diagnostics

/// The bytes of a source that were read and not yet taken.
struct AheadBytes<Source: ByteSource & ~Copyable>: ~Copyable {
  private var source: Source
  private var chunk = [UInt8](repeating: 0, count: 256 << 10)
  private var bytes: [UInt8] = []
  private var start = 0
  private var hasEnded = false

  init(_ source: consuming Source) { self.source = source }

  /// What was read and not taken.
  var ahead: ArraySlice<UInt8> { bytes[start...] }

  /// Takes the first bytes of those ahead.
  mutating func take(_ count: Int) {
    precondition(count <= bytes.count - start, "\(count) bytes of \(bytes.count - start) ahead")
    start += count
  }

  /// Reads until so many bytes are ahead; false when the source has fewer.
  mutating func read(ahead count: Int) throws(Diagnostic) -> Bool {
    while bytes.count - start < count, !hasEnded {
      bytes.removeSubrange(..<start)
      start = 0
      let read = try source.read(into: &chunk)
      hasEnded = read == 0
      bytes.append(contentsOf: chunk[..<read])
    }
    return bytes.count - start >= count
  }

  /// How many bytes stand before the first such byte ahead, or before the end of the source.
  ///
  /// - Returns: nil when there are more than `limit`.
  mutating func count(before byte: UInt8, atMost limit: Int) throws(Diagnostic) -> Int? {
    let search = ByteSearch([byte])
    var searched = 0
    while true {
      let count = search.first(in: ahead.span, from: searched)
      if count < ahead.count { return count <= limit ? count : nil }
      searched = count
      guard searched <= limit else { return nil }
      guard try read(ahead: searched + 1) else { return searched }
    }
  }
}
