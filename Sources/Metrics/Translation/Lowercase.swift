/// The UTF-8 bytes of a text in lower case, as Python's `str.lower` gives it.
///
/// Unicode's full mappings, with a capital sigma at the end of a word as the final small one.
func lowercased(_ text: String) -> [UInt8] {
  var bytes = Array(text.utf8)
  guard bytes.contains(where: { $0 >= 0x80 }) else {
    for i in bytes.indices where bytes[i] &- UInt8(ascii: "A") < 26 { bytes[i] |= 0x20 }
    return bytes
  }
  let scalars = Array(text.unicodeScalars)
  var lower = ""
  for (i, scalar) in scalars.enumerated() {
    let isFinal = scalar == "Σ" && isFinalSigma(at: i, in: scalars)
    lower += isFinal ? "ς" : scalar.properties.lowercaseMapping
  }
  return Array(lower.utf8)
}

/// Whether a letter comes before and none after, marks and apostrophes aside (Unicode 3.13).
private func isFinalSigma(at position: Int, in scalars: [Unicode.Scalar]) -> Bool {
  func isLetter(_ scalar: Unicode.Scalar?) -> Bool { scalar?.properties.isCased ?? false }
  let before = scalars[..<position].last { !$0.properties.isCaseIgnorable }
  let after = scalars[(position + 1)...].first { !$0.properties.isCaseIgnorable }
  return isLetter(before) && !isLetter(after)
}
