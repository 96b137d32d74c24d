/// The words of lines that hold no marks, joiners or invisible characters, which most lines do not.
extension WordTokenizer {
  /// Appends the tokens of a line; appends nothing and is false when it holds one of those.
  package static func tokenizePlain(_ line: Span<UInt8>, into output: inout [UInt8]) -> Bool {
    let all = ScalarClasses.all
    let start = output.count
    var index = 0
    // What stays as it is from here on is copied in one go.
    var run = 0
    var isInWord = false
    while index < line.count {
      let scalar = Scalar(at: index, in: line, all)
      guard !scalar.classes.isSpecial else {
        output.removeSubrange(start...)
        return false
      }
      let end = index &+ scalar.length
      if scalar.classes.contains(.whitespace) {
        append(run..<index, of: line, to: &output)
        isInWord = false
        (index, run) = (end, end)
        continue
      }
      let wasInWord = isInWord
      isInWord =
        isWord(scalar.classes)
        || wasInWord && scalar.isApostrophe && end < line.count
          && isWord(Scalar(at: end, in: line, all).classes)
      let isNew = !(isInWord && wasInWord)
      if isNew, index > run ? line[index &- 1] != 0x20 : output.count > start {
        append(run..<index, of: line, to: &output)
        output.append(UInt8(ascii: " "))
        run = index
      }
      index = end
      guard scalar.length == 1 || isWord(scalar.classes) else { continue }
      // What follows stays as it is up to where two bytes do not go together.
      var last = line.firstPair(from: end &- 1) { areCut($0, $1) }
      // The first byte of a letter is looked at with the second.
      if line[last] >= 0xC0 { last &-= 1 }
      isInWord = isInWord && last &+ 1 == end || wordBit(line[last]) == 1
      index = last &+ 1
    }
    append(run..<line.count, of: line, to: &output)
    return true
  }

  /// Appends a part of a line without the space at its end.
  @inline(__always)
  private static func append(
    _ part: Range<Int>, of line: Span<UInt8>, to output: inout [UInt8]
  ) {
    guard !part.isEmpty else { return }
    let end = part.upperBound
    output.append(
      copying: line.extracting(part.lowerBound..<(line[end &- 1] == 0x20 ? end &- 1 : end)))
  }

  /// A scalar of a line, or a byte that is not part of one.
  private struct Scalar {
    let classes: ScalarClass
    let length: Int
    let isApostrophe: Bool

    @inline(__always)
    init(at index: Int, in line: Span<UInt8>, _ all: ScalarClasses) {
      let byte = line[index]
      if byte < 0x80 {
        classes = all[UInt32(byte)]
        length = 1
        isApostrophe = byte == UInt8(ascii: "'")
      } else {
        let sequence = ScalarText.sequence(at: index, in: line)
        classes = all[sequence.unit]
        length = sequence.length
        isApostrophe = sequence.unit == 0x2019
      }
    }
  }

  /// Where something comes between a byte and the next, or one of them is to be looked at by itself: not
  /// between two bytes of a word, nor between a space and the byte of a token.
  ///
  /// A byte of a letter stands for the letter: the last one before the next, the first one behind it.
  @inline(__always)
  private static func areCut(_ bytes: ByteBlock, _ next: ByteBlock) -> ByteMask {
    let areLast = bytes.isIn(0x80...0xBF)
    let areFirst = areLeads(next)
    let areInWord =
      (areOfWords(bytes) .| areLast) .& (areOfWords(next) .| areFirst)
      .| areLeads(bytes) .& next.isIn(0x80...0xBF) .& .!areSigns(bytes, next)
    let areBesideSpace = bytes.isEqual(to: 0x20) .^ next.isEqual(to: 0x20)
    let areSeen =
      (bytes.isIn(0x20...0x7E) .| areLast) .& (next.isIn(0x20...0x7E) .| areFirst)
    return .!(areInWord .| areSeen .& areBesideSpace)
  }

  /// The letters and digits of ASCII.
  @inline(__always)
  private static func areOfWords(_ bytes: ByteBlock) -> ByteMask {
    bytes.isIn(0x61...0x7A) .| bytes.isIn(0x41...0x5A) .| bytes.isIn(0x30...0x39)
  }

  /// The first bytes of U+00C0 to U+024F and U+0400 to U+047F, which are letters, but for two signs.
  @inline(__always)
  private static func areLeads(_ bytes: ByteBlock) -> ByteMask {
    bytes.isIn(0xC3...0xC9) .| bytes.isIn(0xD0...0xD1)
  }

  /// The signs × and ÷ among them.
  @inline(__always)
  private static func areSigns(_ bytes: ByteBlock, _ next: ByteBlock) -> ByteMask {
    bytes.isEqual(to: 0xC3) .& (next.isEqual(to: 0x97) .| next.isEqual(to: 0xB7))
  }

  /// 1 for a letter or digit of ASCII and the last byte of a letter beyond, else 0.
  @inline(__always)
  private static func wordBit(_ byte: UInt8) -> UInt8 {
    ((byte | 0x20) &- 0x61 < 26 ? 1 : 0) | (byte &- 0x30 < 10 ? 1 : 0) | (byte >= 0x80 ? 1 : 0)
  }
}
