/// The hash of the word under way: FNV-1a, spread at its end.
struct WordHash {
  private static let initial: UInt64 = 0xCBF2_9CE4_8422_2325

  private var state = initial
  private var isEmpty = true

  @inline(__always)
  mutating func add(_ byte: UInt8) {
    state = (state ^ UInt64(byte)) &* 0x100_0000_01B3
    isEmpty = false
  }

  var value: UInt64 { spread(state) }

  /// Appends the hash of the word, if it has a byte, and begins another word.
  @inline(__always)
  mutating func end(into hashes: inout [UInt64]) {
    if isEmpty { return }
    hashes.append(value)
    self = WordHash()
  }

  /// Ends the word and appends a byte that is a word by itself.
  mutating func add(token byte: UInt8, into hashes: inout [UInt64]) {
    end(into: &hashes)
    add(byte)
    end(into: &hashes)
  }
}

/// The hash of a word.
func hashOfBytes(_ bytes: ArraySlice<UInt8>) -> UInt64 {
  var hash = WordHash()
  for byte in bytes { hash.add(byte) }
  return hash.value
}
