/// A line of a text of word vectors: a word, then numbers; blanks, tabs and CRs at its end are left out.
struct VectorLine {
  static let blank = UInt8(ascii: " ")
  static let lineFeed = UInt8(ascii: "\n")

  private let bytes: ArraySlice<UInt8>

  init(_ line: ArraySlice<UInt8>) {
    let last = line.lastIndex { !Self.separates($0) && $0 != UInt8(ascii: "\r") }
    bytes = line[..<(last.map { $0 + 1 } ?? line.startIndex)]
  }

  var isBlank: Bool { bytes.isEmpty }

  /// How many fields there are, those of the word included.
  var fieldCount: Int {
    1 + bytes.indices.count(where: isBoundary)
  }

  /// Whether all fields but the first are numbers.
  var hasOnlyNumbersBehindWord: Bool {
    bytes.indices.first(where: isBoundary).flatMap(numbers) != nil
  }

  /// Where the word ends, which so many fields follow; nil when there are fewer.
  func wordEnd(before fieldCount: Int) -> Int? {
    var left = fieldCount
    return bytes.indices.last { index in
      if isBoundary(index) { left -= 1 }
      return left == 0
    }
  }

  /// The numbers of the fields behind a place; nil when one of them is none.
  func numbers(from start: Int) -> [Float]? {
    var numbers: [Float] = []
    for field in bytes[start...].split(whereSeparator: Self.separates) {
      guard let number = Float(String(decoding: field, as: UTF8.self)), number.isFinite else {
        return nil
      }
      numbers.append(number)
    }
    return numbers
  }

  /// Whether a field ends before this byte: the first of the separators between two fields.
  private func isBoundary(_ index: Int) -> Bool {
    Self.separates(bytes[index])
      && (index == bytes.startIndex || !Self.separates(bytes[index - 1]))
  }

  private static func separates(_ byte: UInt8) -> Bool {
    byte == blank || byte == UInt8(ascii: "\t")
  }

  /// Whether a byte may stand among numbers that are written out.
  static func isPlain(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) || [0x09, 0x0A, 0x0D].contains(byte)
  }
}
