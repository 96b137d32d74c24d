/// The BLAKE3 digest of some bytes: 32 bytes that name them.
package struct Digest: Hashable, Sendable {
  /// Eight digest bytes a word, the first in the highest place, so that words sort as the text does.
  private let words: SIMD4<UInt64>

  /// The first 32 bytes of a hash's output, as little-endian words.
  package init(littleEndian output: SIMD8<UInt32>) {
    var words = SIMD4<UInt64>()
    for index in 0..<4 {
      let high = UInt64(output[2 * index].byteSwapped)
      words[index] = high << 32 | UInt64(output[2 * index + 1].byteSwapped)
    }
    self.words = words
  }

  /// Reads 64 lower-case hexadecimal digits.
  package init?(hex: some StringProtocol) {
    self.init(hexDigits: Array(hex.utf8).span)
  }

  /// Reads 64 lower-case hexadecimal digits.
  package init?(hexDigits: Span<UInt8>) {
    guard hexDigits.count == 64 else { return nil }
    var words = SIMD4<UInt64>()
    var isHex = true
    // Without branches: which digits are letters cannot be foretold.
    for index in 0..<4 {
      var word: UInt64 = 0
      for place in 16 * index..<16 * index + 16 {
        let byte = hexDigits[place]
        isHex = isHex && (byte &- 0x30 < 10) != (byte &- 0x61 < 6)
        word = word << 4 | UInt64(byte & 15 &+ 9 &* (byte >> 6))
      }
      words[index] = word
    }
    guard isHex else { return nil }
    self.words = words
  }

  /// Whether the digest's text starts with these digits.
  package func hasPrefix(hexDigits: Span<UInt8>) -> Bool {
    guard hexDigits.count <= 64 else { return false }
    for index in hexDigits.indices where hexDigits[index] != digit(index) { return false }
    return true
  }

  /// A hexadecimal digit of the text, as ASCII.
  private func digit(_ index: Int) -> UInt8 {
    let value = UInt8(truncatingIfNeeded: words[index / 16] >> UInt64(60 - 4 * (index % 16))) & 15
    return 0x30 &+ value &+ 39 &* ((value &+ 6) >> 4)
  }

  /// The 32 bytes.
  package var bytes: [UInt8] {
    (0..<32).map { UInt8(truncatingIfNeeded: words[$0 / 8] >> UInt64(56 - 8 * ($0 % 8))) }
  }

  /// The first 12 hexadecimal digits, enough to tell digests apart by eye.
  package var short: String {
    unsafe String(unsafeUninitializedCapacity: 12) { digits in
      for index in 0..<12 { unsafe digits[index] = digit(index) }
      return 12
    }
  }
}

extension Digest {
  /// The digest as the path of a file: the first two digits are a folder's name.
  package var path: String {
    unsafe String(unsafeUninitializedCapacity: 65) { text in
      for index in 0..<64 { unsafe text[index < 2 ? index : index + 1] = digit(index) }
      unsafe text[2] = UInt8(ascii: "/")
      return 65
    }
  }
}

extension Digest {
  /// A part of a digest is as evenly spread as the whole.
  package func hash(into hasher: inout Hasher) { hasher.combine(words[0]) }
}

extension Digest: CustomStringConvertible {
  /// 64 lower-case hexadecimal digits.
  package var description: String {
    unsafe String(unsafeUninitializedCapacity: 64) { digits in
      for index in 0..<64 { unsafe digits[index] = digit(index) }
      return 64
    }
  }
}

extension Digest: Comparable {
  /// In the order of the hexadecimal text.
  package static func < (left: Digest, right: Digest) -> Bool {
    for index in 0..<4 where left.words[index] != right.words[index] {
      return left.words[index] < right.words[index]
    }
    return false
  }
}
