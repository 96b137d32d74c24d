/// Every Unicode scalar is a token; one of white space becomes `▁`, U+2581.
///
/// Scalars, not what a reader sees as characters, so that an accent or emoji never needs an entry
/// of its own in a vocabulary.
package enum CharacterTokenizer {
  private static let spaceMark: UInt32 = 0x2581

  /// Appends the tokens of a line with single spaces between them.
  package static func tokenize(_ line: Span<UInt8>, into output: inout [UInt8]) {
    let all = ScalarClasses.all
    for (index, unit) in ScalarText(line).units.enumerated() {
      if index > 0 { output.append(UInt8(ascii: " ")) }
      ScalarText.append(all[unit].contains(.whitespace) ? spaceMark : unit, to: &output)
    }
  }

  /// Appends the characters without spaces between, each `▁` as a space.
  package static func detokenize(_ line: Span<UInt8>, into output: inout [UInt8]) {
    for unit in ScalarText(line).units where unit != ScalarText.space {
      ScalarText.append(unit == spaceMark ? ScalarText.space : unit, to: &output)
    }
  }
}
