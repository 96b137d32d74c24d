extension BLAKE3 {
  static let blockLength = 64
  static let chunkLength = 1024

  /// What a block is, as the bits that the compression mixes in.
  enum Flags {
    static let chunkStart: UInt32 = 1
    static let chunkEnd: UInt32 = 2
    static let parent: UInt32 = 4
    static let root: UInt32 = 8
  }

  /// The initial chaining value: the first words of SHA-256's.
  @inline(__always)
  static var initialValue: SIMD8<UInt32> {
    SIMD8(
      0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A,
      0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19)
  }

  /// A node of the tree before its last compression, which differs for the root.
  struct Node {
    var incoming: SIMD8<UInt32>
    var block: SIMD16<UInt32>
    var counter: UInt64
    var length: UInt32
    var flags: UInt32

    var chainingValue: SIMD8<UInt32> {
      compress(incoming, block, counter: counter, length: length, flags: flags).lowHalf
    }

    /// The given block of 16 words of the output, if this node is the root.
    func output(block index: UInt64) -> SIMD16<UInt32> {
      compress(incoming, block, counter: index, length: length, flags: flags | Flags.root)
    }
  }

  /// The node of a chunk of at most 1,024 bytes.
  static func chunk(_ bytes: Span<UInt8>, counter: UInt64) -> Node {
    var node = Node(
      incoming: initialValue, block: .zero, counter: counter, length: 0,
      flags: Flags.chunkStart)
    var start = 0
    while bytes.count - start > blockLength {
      node.incoming =
        compress(
          node.incoming, words(bytes, from: start, count: blockLength), counter: counter,
          length: UInt32(blockLength), flags: node.flags
        ).lowHalf
      node.flags = 0
      start += blockLength
    }
    node.block = words(bytes, from: start, count: bytes.count - start)
    node.length = UInt32(bytes.count - start)
    node.flags |= Flags.chunkEnd
    return node
  }

  /// The node above two others.
  static func parent(_ left: SIMD8<UInt32>, _ right: SIMD8<UInt32>) -> Node {
    Node(
      incoming: initialValue, block: SIMD16(lowHalf: left, highHalf: right), counter: 0,
      length: UInt32(blockLength), flags: Flags.parent)
  }

  /// At most 64 bytes as little-endian words, filled up with zeros.
  private static func words(_ bytes: Span<UInt8>, from start: Int, count: Int) -> SIMD16<UInt32> {
    precondition(
      start >= 0 && start + count <= bytes.count && count <= blockLength,
      "\(count) at \(start) of \(bytes.count) bytes")
    return unsafe bytes.withUnsafeBytes { bytes in
      if count == blockLength {
        return unsafe bytes.loadUnaligned(fromByteOffset: start, as: SIMD16<UInt32>.self)
      }
      var words = SIMD16<UInt32>.zero
      unsafe withUnsafeMutableBytes(of: &words) { words in
        unsafe words.copyMemory(
          from: UnsafeRawBufferPointer(rebasing: bytes[start..<start + count]))
      }
      return words
    }
  }

  /// One compression: 16 words of output, whose first eight are the next chaining value.
  static func compress(
    _ value: SIMD8<UInt32>, _ block: SIMD16<UInt32>, counter: UInt64, length: UInt32, flags: UInt32
  ) -> SIMD16<UInt32> {
    var a = value.lowHalf
    var b = value.highHalf
    var c = initialValue.lowHalf
    var d = SIMD4(
      UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32), length, flags)
    var m = block
    for _ in 0..<7 {
      mix(&a, &b, &c, &d, m.lowHalf.evenHalf, m.lowHalf.oddHalf)
      b = SIMD4(b[1], b[2], b[3], b[0])
      c = SIMD4(c[2], c[3], c[0], c[1])
      d = SIMD4(d[3], d[0], d[1], d[2])
      mix(&a, &b, &c, &d, m.highHalf.evenHalf, m.highHalf.oddHalf)
      b = SIMD4(b[3], b[0], b[1], b[2])
      c = SIMD4(c[2], c[3], c[0], c[1])
      d = SIMD4(d[1], d[2], d[3], d[0])
      m = SIMD16(
        m[2], m[6], m[3], m[10], m[7], m[0], m[4], m[13],
        m[1], m[11], m[12], m[5], m[9], m[14], m[15], m[8])
    }
    return SIMD16(
      lowHalf: SIMD8(lowHalf: a ^ c, highHalf: b ^ d),
      highHalf: SIMD8(lowHalf: c, highHalf: d) ^ value)
  }

  /// The quarter round G on four columns or diagonals at once.
  @inline(__always)
  private static func mix(
    _ a: inout SIMD4<UInt32>, _ b: inout SIMD4<UInt32>, _ c: inout SIMD4<UInt32>,
    _ d: inout SIMD4<UInt32>, _ x: SIMD4<UInt32>, _ y: SIMD4<UInt32>
  ) {
    a = (a &+ x) &+ b
    d = rotated(d ^ a, by: 16)
    c = c &+ d
    b = rotated(b ^ c, by: 12)
    a = (a &+ y) &+ b
    d = rotated(d ^ a, by: 8)
    c = c &+ d
    b = rotated(b ^ c, by: 7)
  }

  @inline(__always)
  private static func rotated(_ words: SIMD4<UInt32>, by bits: UInt32) -> SIMD4<UInt32> {
    (words &>> SIMD4(repeating: bits)) | (words &<< SIMD4(repeating: 32 - bits))
  }
}
