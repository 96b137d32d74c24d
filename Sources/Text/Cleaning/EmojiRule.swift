/// Takes emoji away, or puts the words in their place that say what they show; whole emoji, with
/// their skin tones, joined parts, flags and keycaps.
struct EmojiRule: CleaningRule {
  let treatment: EmojiTreatment

  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    // Every emoji holds a scalar beyond U+0A80, but © and ®, which a variation selector follows.
    guard treatment != .keep, text.contains(where: { $0 >= 0xE2 }) else {
      clean.append(contentsOf: text)
      return
    }
    for (units, isEmoji) in ScalarText(text.span).units[...].cutAtEmoji() {
      guard isEmoji else {
        for unit in units { ScalarText.append(unit, to: &clean) }
        continue
      }
      clean.append(UInt8(ascii: " "))
      guard treatment == .name else { continue }
      clean.append(contentsOf: EmojiSequence.name(of: units).utf8)
      clean.append(UInt8(ascii: " "))
    }
  }
}

/// What cleaning does with emoji.
package enum EmojiTreatment: String, CaseIterable, Sendable {
  case keep
  /// A blank takes their place.
  case remove
  /// The words of their names take their place, such as `thumbs up sign`.
  case name
}
