/// Takes away characters that are not seen and that part nothing (UAX 29, rules WB3c and WB4).
///
/// They are format characters such as the soft hyphen, marks of direction, the word joiner and
/// byte-order marks within the text. The zero-width space, which parts words, becomes a blank. A
/// zero-width joiner or non-joiner stays between letters of scripts from Arabic on, which are spelled
/// with it, and a joiner and tags stay in emoji.
struct InvisibleRemoval: CleaningRule {
  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    guard text.contains(where: { $0 == 0xC2 || $0 >= 0xD8 }) else {
      clean.append(contentsOf: text)
      return
    }
    for (units, isEmoji) in ScalarText(text.span).units[...].cutAtEmoji() {
      for index in units.indices where isEmoji || stays(index, in: units) {
        ScalarText.append(units[index] == 0x200B ? ScalarText.space : units[index], to: &clean)
      }
    }
  }

  private func stays(_ index: Int, in units: ArraySlice<UInt32>) -> Bool {
    let unit = units[index]
    guard unit >= 0xAD, let scalar = Unicode.Scalar(unit) else { return true }
    if isJoiner(unit) { return isSpelled(index, in: units) }
    return !scalar.isSilent
  }

  private func isJoiner(_ unit: UInt32) -> Bool { unit == 0x200C || unit == 0x200D }

  /// Whether letters of a script that is written with joiners stand on both sides.
  private func isSpelled(_ index: Int, in units: ArraySlice<UInt32>) -> Bool {
    let before = units[..<index].last { !isJoiner($0) }
    let after = units[(index + 1)...].first { !isJoiner($0) }
    return [before, after].allSatisfy { unit in
      guard let unit, unit >= 0x600 else { return false }
      return Unicode.Scalar(unit)?.isLetterMarkOrNumber ?? false
    }
  }
}
