/// Tokens are what stands between white space of any kind.
package enum WhitespaceTokenizer {
  /// Appends the tokens of a line with single spaces between them.
  package static func tokenize(_ line: Span<UInt8>, into output: inout [UInt8]) {
    let all = ScalarClasses.all
    let start = output.count
    var isAfterSpace = false
    for unit in ScalarText(line).units {
      if all[unit].contains(.whitespace) {
        isAfterSpace = true
      } else {
        if isAfterSpace, output.count > start { output.append(UInt8(ascii: " ")) }
        isAfterSpace = false
        ScalarText.append(unit, to: &output)
      }
    }
  }
}
