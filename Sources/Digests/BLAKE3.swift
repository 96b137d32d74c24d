import Cores

/// The BLAKE3 hash, fed in pieces: a binary tree over chunks of 1,024 bytes.
///
/// Plain hashing only, no keys. The result depends on the bytes alone, not on how they were cut
/// or on how many cores hashed them. See the BLAKE3 paper, sections 2.1 to 2.6.
package struct BLAKE3: Sendable {
  /// Chaining values of complete subtrees to the left of the chunk under way, the largest first.
  private var subtrees: [Subtree] = []
  /// How many chunks those subtrees hold.
  private var chunkCount: UInt64 = 0
  /// The chunk under way.
  ///
  /// A full chunk waits here until more bytes show that it is not the last.
  private var tail: [UInt8] = []

  /// A value of its own type in an array: the runtime learns of vectors slowly.
  private struct Subtree {
    let value: SIMD8<UInt32>
  }

  package init() {}

  /// Takes more bytes; several mebibytes at once are shared out over the cores.
  package mutating func update(_ bytes: Span<UInt8>, cores: Int = 1) {
    guard !bytes.isEmpty else { return }
    unsafe bytes.withUnsafeBytes { unsafe update($0, cores: cores) }
  }

  /// Takes more bytes.
  package mutating func update(_ bytes: [UInt8]) { update(bytes.span) }

  private mutating func update(_ bytes: UnsafeRawBufferPointer, cores: Int) {
    var start = 0
    if !tail.isEmpty {
      start = min(Self.chunkLength - tail.count, bytes.count)
      unsafe tail.append(contentsOf: bytes[..<start])
      guard start < bytes.count else { return }
      push(Self.chunk(tail.span, counter: chunkCount).chainingValue, chunks: 1)
      tail.removeAll(keepingCapacity: true)
    }
    while bytes.count - start > Self.chunkLength {
      let whole = (bytes.count - start - 1) / Self.chunkLength
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[start...])
      start += unsafe pushChunks(of: rest, whole, cores: cores) * Self.chunkLength
    }
    unsafe tail.append(contentsOf: bytes[start...])
  }

  /// Hashes as many of the next `whole` chunks as make good work at once, and returns how many.
  private mutating func pushChunks(
    of bytes: UnsafeRawBufferPointer, _ whole: Int, cores: Int
  ) -> Int {
    let alignment = chunkCount == 0 ? Int.max : 1 << chunkCount.trailingZeroBitCount
    let largest = 1 << (Int.bitWidth - 1 - whole.leadingZeroBitCount)
    let chunks = min(Self.largestSubtree, alignment, largest)
    guard chunks >= 16 else {
      let count = min(whole, 16 - Int(chunkCount % 16))
      unsafe Self.forEachChunk(of: bytes, count, counter: chunkCount) { push($0, chunks: 1) }
      return count
    }
    let count = chunks == Self.largestSubtree && cores > 1 ? whole / chunks : 1
    for value in unsafe subtreeValues(bytes, chunks, count, cores) { push(value, chunks: chunks) }
    return count * chunks
  }

  /// The chaining values of the first `count` subtrees of `chunks` chunks each.
  private func subtreeValues(
    _ bytes: UnsafeRawBufferPointer, _ chunks: Int, _ count: Int, _ cores: Int
  ) -> [SIMD8<UInt32>] {
    let length = chunks * Self.chunkLength
    let first = chunkCount
    // All pieces of work only read them, and end before this returns.
    nonisolated(unsafe) let bytes = unsafe bytes
    return mapConcurrently(count, cores: cores) { index in
      let subtree = unsafe UnsafeRawBufferPointer(
        rebasing: bytes[index * length..<(index + 1) * length])
      return unsafe Self.subtree(subtree, counter: first + UInt64(index * chunks))
    }
  }

  /// The value of a whole mebibyte that begins with the given one of the bytes' mebibytes, counted from 0.
  package static func value(ofMebibyte number: Int, _ bytes: Span<UInt8>) -> MebibyteValue {
    precondition(bytes.count == MebibyteValue.byteCount, "\(bytes.count) bytes are no mebibyte")
    return MebibyteValue(
      chainingValue: unsafe bytes.withUnsafeBytes {
        unsafe subtree($0, counter: UInt64(number * largestSubtree))
      })
  }

  /// Takes the next mebibyte, which more bytes must follow, by its value.
  ///
  /// All before must have been taken so, too.
  package mutating func append(_ value: MebibyteValue) {
    precondition(
      tail.isEmpty && chunkCount % UInt64(Self.largestSubtree) == 0,
      "a mebibyte behind \(chunkCount) chunks and \(tail.count) bytes")
    push(value.chainingValue, chunks: Self.largestSubtree)
  }

  /// Adds a complete subtree that more bytes follow, merging it with its equals on the left.
  private mutating func push(_ value: SIMD8<UInt32>, chunks: Int) {
    var value = value
    chunkCount += UInt64(chunks)
    var equals = chunkCount / UInt64(chunks)
    while equals & 1 == 0, let left = subtrees.popLast() {
      value = Self.parent(left.value, value).chainingValue
      equals >>= 1
    }
    subtrees.append(Subtree(value: value))
  }

  private var root: Node {
    var node = Self.chunk(tail.span, counter: chunkCount)
    for left in subtrees.reversed() { node = Self.parent(left.value, node.chainingValue) }
    return node
  }

  /// The digest of everything taken so far.
  package func finalize() -> Digest { Digest(littleEndian: root.output(block: 0).lowHalf) }

  /// The first `count` bytes of the hash's unending output; the first 32 are the digest.
  package func output(byteCount count: Int) -> [UInt8] {
    let root = root
    var bytes: [UInt8] = []
    var block: UInt64 = 0
    while bytes.count < count {
      let words = root.output(block: block)
      for index in 0..<16 {
        for shift in 0..<4 {
          bytes.append(UInt8(truncatingIfNeeded: words[index] >> (8 * UInt32(shift))))
        }
      }
      block += 1
    }
    return Array(bytes.prefix(count))
  }
}

extension BLAKE3 {
  /// The digest of bytes in memory.
  package static func digest(of bytes: Span<UInt8>, cores: Int = 1) -> Digest {
    if bytes.count <= chunkLength {
      return Digest(littleEndian: chunk(bytes, counter: 0).output(block: 0).lowHalf)
    }
    var hash = BLAKE3()
    hash.update(bytes, cores: cores)
    return hash.finalize()
  }

  /// The digest of bytes in memory.
  package static func digest(of bytes: [UInt8], cores: Int = 1) -> Digest {
    digest(of: bytes.span, cores: cores)
  }

  /// The digest of a text's UTF-8 bytes.
  package static func digest(of text: String) -> Digest { digest(of: text.utf8.span) }
}

extension BLAKE3 {
  /// What is needed of a mebibyte to hash all bytes, so that many can be read and hashed in any order.
  package struct MebibyteValue: Sendable {
    package static let byteCount = 1 << 20

    fileprivate let chainingValue: SIMD8<UInt32>
  }
}
