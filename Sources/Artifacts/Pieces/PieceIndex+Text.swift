import Digests

/// The text of an index: a line for each piece under one for the object it lies in, and a checksum.
///
/// ```
/// pieces	1
/// object	7f3a…
/// piece	91c0…	0	8211033	5d2e…	61200 2 61201
/// checksum	9d31…
/// ```
///
/// A piece of several ranges has the offsets and the lengths of all, with commas between them.
extension PieceIndex {
  private static let heading = "pieces\t1"
  private static let object = Array("object\t".utf8)

  package var text: String {
    var text = Self.heading + "\n"
    var object: Digest?
    for piece in pieces {
      if piece.object != object { text += "object\t\(piece.object)\n" }
      object = piece.object
      let offsets = piece.ranges.map { "\($0.lowerBound)" }.joined(separator: ",")
      let byteCounts = piece.ranges.map { "\($0.count)" }.joined(separator: ",")
      text += "piece\t\(piece.content)\t\(offsets)\t\(byteCounts)\t\(piece.digest)\t"
      text += piece.note + "\n"
    }
    return ChecksumLine.sealed(text)
  }

  /// Reads an index; nil when it is not as it was written.
  package init?(text bytes: [UInt8]) {
    guard let end = ChecksumLine.start(in: bytes) else { return nil }
    let lines = bytes[..<end].split(separator: UInt8(ascii: "\n"))
    guard lines.first?.elementsEqual(Self.heading.utf8) == true,
      lines.count <= 2 * Self.mostPieces + 1
    else { return nil }
    var pieces: [Piece] = []
    var object: Digest?
    for line in lines.dropFirst() {
      if line.starts(with: Self.object) {
        object = Digest(hex: String(decoding: line.dropFirst(Self.object.count), as: UTF8.self))
      } else {
        guard let object, let piece = Piece(line: line, in: object) else { return nil }
        pieces.append(piece)
      }
    }
    self.init(pieces)
  }
}

extension Piece {
  fileprivate init?(line: ArraySlice<UInt8>, in object: Digest) {
    let fields = line.split(
      separator: UInt8(ascii: "\t"), maxSplits: 5, omittingEmptySubsequences: false)
    guard fields.count == 6, fields[0].elementsEqual("piece".utf8),
      let content = Digest(hex: String(decoding: fields[1], as: UTF8.self)),
      let ranges = Self.ranges(fields[2], fields[3]),
      let digest = Digest(hex: String(decoding: fields[4], as: UTF8.self))
    else { return nil }
    self.init(
      content: content, object: object, ranges: ranges, digest: digest,
      note: String(decoding: fields[5], as: UTF8.self))
  }

  /// The ranges that begin and are as long as two lists of numbers say.
  private static func ranges(
    _ offsets: ArraySlice<UInt8>, _ byteCounts: ArraySlice<UInt8>
  ) -> [Range<Int>]? {
    let (offsets, byteCounts) = (numbers(offsets), numbers(byteCounts))
    guard offsets.count == byteCounts.count else { return nil }
    var ranges: [Range<Int>] = []
    for (offset, count) in zip(offsets, byteCounts) {
      guard let offset, let count, offset >= 0, count >= 0, count <= Int.max - offset else {
        return nil
      }
      ranges.append(offset..<offset + count)
    }
    return ranges
  }

  private static func numbers(_ list: ArraySlice<UInt8>) -> [Int?] {
    list.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
      Int(String(decoding: $0, as: UTF8.self))
    }
  }
}
