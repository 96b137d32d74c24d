/// The words of lines that hold no marks, joiners or invisible characters, which most lines do not.
extension WordTokenizer {
  /// Appends the tokens of a line; appends nothing and is false when it holds one of those.
  package static func tokenizePlain(_ line: Span<UInt8>, into output: inout [UInt8]) -> Bool {
    let all = ScalarClasses.all
    let start = output.count
    var index = 0
    var isInWord = false
    while index < line.count {
      let scalar = Scalar(at: index, in: line, all)
      guard !scalar.classes.isSpecial else {
        output.removeSubrange(start...)
        return false
      }
      var end = index &+ scalar.length
      if scalar.classes.contains(.whitespace) {
        isInWord = false
        index = end
        continue
      }
      let wasInWord = isInWord
      isInWord =
        isWord(scalar.classes)
        || wasInWord && scalar.isApostrophe && end < line.count
          && isWord(Scalar(at: end, in: line, all).classes)
      if !(isInWord && wasInWord), output.count > start { output.append(UInt8(ascii: " ")) }
      if scalar.length == 1 {
        // What follows stays as it is up to where two bytes do not go together.
        let last = line.firstPair(from: index) { Self.areCut($0, $1) }
        end = last &+ 1
        isInWord = isInWord && last == index || wordBit(line[last]) == 1
        output.append(copying: line.extracting(index..<(line[last] == 0x20 ? last : end)))
      } else {
        output.append(copying: line.extracting(index..<end))
      }
      index = end
    }
    return true
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

  /// 0 for two bytes of a word, or a space beside the byte of a token; 1 where something comes between
  /// two bytes, or one of them is to be looked at by itself.
  @inline(__always)
  private static func areCut(_ byte: UInt8, _ next: UInt8) -> UInt8 {
    let areInWord = wordBit(byte) & wordBit(next)
    let (isSpace, isNextSpace): (UInt8, UInt8) = (byte == 0x20 ? 1 : 0, next == 0x20 ? 1 : 0)
    let areSeen: UInt8 = (byte &- 0x20 < 0x5F ? 1 : 0) & (next &- 0x20 < 0x5F ? 1 : 0)
    return areSeen & (areInWord | isSpace ^ isNextSpace) ^ 1
  }

  /// 1 for a letter or digit of ASCII, else 0.
  @inline(__always)
  private static func wordBit(_ byte: UInt8) -> UInt8 {
    ((byte | 0x20) &- 0x61 < 26 ? 1 : 0) | (byte &- 0x30 < 10 ? 1 : 0)
  }
}
