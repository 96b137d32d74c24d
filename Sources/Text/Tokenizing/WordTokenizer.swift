/// Words are runs of letters, marks and digits; every other symbol is a token of its own.
///
/// An apostrophe, `'` or `’`, between two letters or digits belongs to the word: `don't`, `l'été`.
package enum WordTokenizer {
  /// Appends the tokens of a line with single spaces between them.
  package static func tokenize(_ line: Span<UInt8>, into output: inout [UInt8]) {
    let units = ScalarText(line).units
    let all = ScalarClasses.all
    let start = output.count
    var isInWord = false
    for (index, unit) in units.enumerated() {
      let classes = all[unit]
      if classes.contains(.whitespace) {
        isInWord = false
        continue
      }
      let belongs = isWord(classes) || isInWord && isInnerApostrophe(index, in: units, all)
      if !(belongs && isInWord), output.count > start { output.append(UInt8(ascii: " ")) }
      ScalarText.append(unit, to: &output)
      isInWord = belongs
    }
  }

  private static func isWord(_ classes: ScalarClass) -> Bool {
    !classes.isDisjoint(with: [.alphanumeric, .mark])
  }

  /// Whether an apostrophe that follows a word's unit has another after it.
  private static func isInnerApostrophe(
    _ index: Int, in units: [UInt32], _ all: ScalarClasses
  ) -> Bool {
    guard units[index] == 0x27 || units[index] == 0x2019, index + 1 < units.count else {
      return false
    }
    return isWord(all[units[index + 1]]) && units[index - 1] != 0x27 && units[index - 1] != 0x2019
  }
}
