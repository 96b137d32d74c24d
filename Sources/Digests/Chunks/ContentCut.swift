/// Decides behind which rows a run of rows is cut, by what the rows say and not by where they stand.
///
/// A row ends a chunk when a hash of it is small enough for its length, so that chunks have about the
/// usual size, whatever the length of rows. Therefore the same rows are cut alike wherever they are: an
/// edit moves the cuts of its neighbourhood only.
package struct ContentCut: Sendable {
  private let sizes: ChunkSizes
  /// How much of the range of the hash a byte of a row gets.
  private let shareOfByte: UInt64
  /// How many bytes the chunk has so far.
  private var byteCount = 0

  package init(_ sizes: ChunkSizes) {
    self.sizes = sizes
    shareOfByte = .max / UInt64(sizes.usual - sizes.least)
  }

  /// Whether the chunk ends behind this row.
  ///
  /// - Parameter isAllowed: whether it may end there, unless it is as large as chunks are at most.
  package mutating func endsChunk(_ row: Span<UInt8>, isAllowed: Bool = true) -> Bool {
    byteCount += row.count + 1
    guard byteCount >= sizes.least, isAllowed || byteCount >= sizes.most else { return false }
    let (share, isWhole) = shareOfByte.multipliedReportingOverflow(by: UInt64(row.count + 1))
    let ends = byteCount >= sizes.most || isWhole || Self.hash(row) < share
    if ends { byteCount = 0 }
    return ends
  }

  /// Takes a part of a row, behind which no chunk ends.
  package mutating func pass(_ part: Span<UInt8>) { byteCount += part.count + 1 }

  /// Starts another chunk, though the content did not say so.
  package mutating func restart() { byteCount = 0 }

  /// A hash that is alike on every machine; eight bytes at a time.
  private static func hash(_ row: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(row.count)
    let raw = unsafe row.bytes
    var index = 0
    while index &+ 8 <= row.count {
      let word = unsafe UInt64(
        littleEndian: raw.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))
      hash = mixed(hash ^ word)
      index &+= 8
    }
    var rest: UInt64 = 0
    while index < row.count {
      rest = rest << 8 | UInt64(row[index])
      index &+= 1
    }
    return mixed(mixed(hash ^ rest))
  }

  @inline(__always)
  private static func mixed(_ word: UInt64) -> UInt64 {
    let product = word.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}
