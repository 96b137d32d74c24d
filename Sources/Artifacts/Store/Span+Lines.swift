import Glibc

extension Span<UInt8> {
  /// Where a byte stands first in a range; nil when it does not stand there.
  func first(_ byte: UInt8, in range: Range<Int>) -> Int? {
    precondition(0 <= range.lowerBound && range.upperBound <= count, "\(range) of \(count) bytes")
    return unsafe withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress,
        let found = unsafe memchr(base + range.lowerBound, Int32(byte), range.count)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
  }
}
