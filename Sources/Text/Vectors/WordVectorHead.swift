/// How a file of word vectors is written.
enum WordVectorForm: Hashable, Sendable {
  /// A word and its numbers on each line, separated by blanks or tabs; the word itself may hold some.
  case text
  /// A word, a blank and the numbers as little-endian floats, for each word.
  case binary
}

/// What the beginning of a file of word vectors tells.
struct WordVectorHead: Hashable, Sendable {
  var form = WordVectorForm.text
  /// How many vectors the file says that it holds; nil when it does not say.
  var count: Int?
  var width: Int
  /// The bytes of the line with the counts, its end included; 0 without one.
  var byteCount = 0

  /// The most numbers of a vector.
  static let widest = 65_536

  /// Reads it from the first bytes of a file.
  ///
  /// - Returns: nil when no word vectors begin like that.
  init?(_ bytes: ArraySlice<UInt8>) {
    let first = bytes.prefix { $0 != VectorLine.lineFeed }
    if let (count, width) = Self.counts(in: first) {
      self.count = count
      self.width = width
      byteCount = min(first.count + 1, bytes.count)
      form = Self.isBinary(bytes.dropFirst(byteCount), width: width) ? .binary : .text
    } else {
      let line = VectorLine(first)
      width = line.fieldCount - 1
      guard (1...Self.widest).contains(width), line.hasOnlyNumbersBehindWord else { return nil }
    }
  }

  /// `400000 300`.
  private static func counts(in line: ArraySlice<UInt8>) -> (count: Int, width: Int)? {
    let fields = String(decoding: line, as: UTF8.self).split {
      $0 == " " || $0 == "\t" || $0 == "\r"
    }
    guard fields.count == 2, let count = Int(fields[0]), let width = Int(fields[1]), count >= 0,
      (1...widest).contains(width)
    else { return nil }
    return (count, width)
  }

  /// Whether floats follow the first word: bytes that no line of numbers has.
  private static func isBinary(_ records: ArraySlice<UInt8>, width: Int) -> Bool {
    let line = VectorLine(records.prefix { $0 != VectorLine.lineFeed })
    if line.fieldCount == width + 1, line.hasOnlyNumbersBehindWord { return false }
    let word = records.drop { $0 == VectorLine.lineFeed }.drop { $0 != VectorLine.blank }
    return word.dropFirst().prefix(4 * width).contains { !VectorLine.isPlain($0) }
  }
}
