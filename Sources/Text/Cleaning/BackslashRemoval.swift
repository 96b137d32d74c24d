/// Removes the backslashes that AG News has.
///
/// Before a punctuation mark or symbol the backslash is an escape and is removed (`\$5` → `$5`);
/// before anything else it means a line break and becomes a blank (`dwindling\band`).
struct BackslashRemoval: CleaningRule {
  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    for (index, byte) in text.enumerated() {
      guard byte == UInt8(ascii: "\\") else {
        clean.append(byte)
        continue
      }
      if index + 1 == text.count || !isSymbol(text[index + 1]) { clean.append(UInt8(ascii: " ")) }
    }
  }

  private func isSymbol(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: byte != UInt8(ascii: "\\")
    default: false
    }
  }
}
