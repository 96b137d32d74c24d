/// What lines of a table are made of, written behind each other.
extension OutputSpan<UInt8> {
  /// The most bytes of an origin: two numbers and a colon.
  static var mostOfOrigin: Int { 41 }

  /// Appends bytes in one piece.
  @inline(__always)
  mutating func append(copying bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe withUnsafeMutableBufferPointer { memory, count in
        precondition(
          bytes.count <= memory.count - count, "\(bytes.count) bytes of \(memory.count - count)")
        guard let from = bytes.baseAddress, let to = memory.baseAddress else { return }
        unsafe (to + count).initialize(from: from, count: bytes.count)
        count += bytes.count
      }
    }
  }

  /// Appends thirty-two bytes.
  @inline(__always)
  mutating func append(_ block: ByteBlock) {
    unsafe withUnsafeMutableBufferPointer { memory, count in
      precondition(32 <= memory.count - count, "32 bytes of \(memory.count - count)")
      unsafe UnsafeMutableRawBufferPointer(memory).storeBytes(
        of: block, toByteOffset: count, as: ByteBlock.self)
      count += 32
    }
  }

  /// Appends a number from 0 on in decimal digits.
  @inline(__always)
  mutating func append(number: Int) {
    var digitCount = 1
    var power = 10
    while number >= power, digitCount < 19 {
      digitCount += 1
      power &*= 10
    }
    unsafe withUnsafeMutableBufferPointer { memory, count in
      precondition(number >= 0 && digitCount <= memory.count - count, "no room for \(number)")
      var rest = UInt64(truncatingIfNeeded: number)
      for place in stride(from: count + digitCount - 1, through: count, by: -1) {
        unsafe memory[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      }
      count += digitCount
    }
  }

  /// Appends a field that stands within some bytes, what would end it escaped.
  mutating func append(field: Range<Int>, of bytes: Span<UInt8>) {
    var start = field.lowerBound
    while start < field.upperBound {
      let end = Self.endOfPlain(start..<field.upperBound, in: bytes)
      append(copying: bytes.extracting(start..<end))
      guard end < field.upperBound else { return }
      append(UInt8(ascii: "\\"))
      append(TableText.letter(of: bytes[end]) ?? bytes[end])
      start = end + 1
    }
  }

  /// Where the first byte of a part of some bytes is that must be escaped, or else where the part ends.
  @inline(__always)
  private static func endOfPlain(_ part: Range<Int>, in bytes: Span<UInt8>) -> Int {
    var index = part.lowerBound
    // Bytes behind the part may be looked at, too.
    while index < part.upperBound, index &+ 32 <= bytes.count {
      let block = bytes.block(at: index)
      let areEscaped =
        block.isEqual(to: UInt8(ascii: "\\")) .| block.isEqual(to: UInt8(ascii: "\t"))
        .| block.isEqual(to: UInt8(ascii: "\n")) .| block.isEqual(to: UInt8(ascii: "\r"))
      if let lane = areEscaped.firstLane { return min(index &+ lane, part.upperBound) }
      index &+= 32
    }
    while index < part.upperBound, TableText.letter(of: bytes[index]) == nil { index &+= 1 }
    return min(index, part.upperBound)
  }

  /// Appends an origin as `Origin.description` has it.
  @inline(__always)
  mutating func append(_ origin: Origin) {
    if origin.file != 1 {
      append(number: origin.file)
      append(UInt8(ascii: ":"))
    }
    append(number: origin.line)
  }
}
