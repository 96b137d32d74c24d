/// One emoji as people see it, which may be several scalars (UTS 51).
///
/// It is a flag of two regional indicators, a keycap, or a pictograph with its variation selector,
/// skin tone and tags, and what zero-width joiners add to it. Signs that are text unless a variation
/// selector follows, such as © and →, are none without it.
enum EmojiSequence {
  private static let joiner: UInt32 = 0x200D
  private static let emojiStyle: UInt32 = 0xFE0F
  private static let keycap: UInt32 = 0x20E3

  /// Where the emoji ends that starts at `start`; nil when none does.
  static func end(in units: ArraySlice<UInt32>, from start: Int) -> Int? {
    let unit = units[start]
    if unit < 0x80 { return endOfKeycap(in: units, from: start) }
    guard unit >= 0xA9 else { return nil }
    if isRegional(unit) {
      let next = start + 1
      return next < units.endIndex && isRegional(units[next]) ? next + 1 : nil
    }
    guard var end = endOfPictograph(in: units, from: start) else { return nil }
    while end + 1 < units.endIndex, units[end] == joiner,
      let next = endOfPictograph(in: units, from: end + 1, isJoined: true)
    {
      end = next
    }
    return end
  }

  private static func endOfKeycap(in units: ArraySlice<UInt32>, from start: Int) -> Int? {
    guard "0123456789#*".unicodeScalars.contains(where: { $0.value == units[start] }) else {
      return nil
    }
    var next = start + 1
    if next < units.endIndex, units[next] == emojiStyle { next += 1 }
    return next < units.endIndex && units[next] == keycap ? next + 1 : nil
  }

  /// - Parameter isJoined: whether it is the part of an emoji that a joiner adds.
  private static func endOfPictograph(
    in units: ArraySlice<UInt32>, from start: Int, isJoined: Bool = false
  ) -> Int? {
    guard let scalar = Unicode.Scalar(units[start]), scalar.value >= 0xA9,
      scalar.properties.isEmoji, !isRegional(scalar.value)
    else { return nil }
    var end = start + 1
    let hasStyle = end < units.endIndex && units[end] == emojiStyle
    if hasStyle { end += 1 }
    guard hasStyle || isJoined || isPictureByItself(scalar) else { return nil }
    if end < units.endIndex, scalar.properties.isEmojiModifierBase, isSkinTone(units[end]) {
      end += 1
    }
    while end < units.endIndex, isTag(units[end]) { end += 1 }
    return end
  }

  /// Whether people mean a picture where no variation selector says so.
  private static func isPictureByItself(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isEmojiPresentation || (0x2600...0x27BF).contains(scalar.value)
      || scalar.value >= 0x1F000
  }

  static func isRegional(_ unit: UInt32) -> Bool { (0x1F1E6...0x1F1FF).contains(unit) }

  static func isSkinTone(_ unit: UInt32) -> Bool { (0x1F3FB...0x1F3FF).contains(unit) }

  /// A tag, which spells the region of a flag as 🏴󠁧󠁢󠁳󠁣󠁴󠁿 does, or the end of tags.
  static func isTag(_ unit: UInt32) -> Bool { (0xE0020...0xE007F).contains(unit) }

  /// The words that say what an emoji shows, after the names of its scalars in Unicode.
  static func name(of emoji: ArraySlice<UInt32>) -> String {
    if let first = emoji.first, isRegional(first) {
      return "flag " + letters(emoji.map { $0 - 0x1F1E6 + 0x61 })
    }
    if emoji.last == keycap, let first = emoji.first { return "keycap " + letters([first]) }
    let tags = emoji.filter { isTag($0) && $0 != 0xE007F }
    if !tags.isEmpty { return "flag " + letters(tags.map { $0 - 0xE0000 }) }
    return emoji.filter { $0 != joiner && $0 != emojiStyle }.map(word).joined(separator: " ")
  }

  private static func letters(_ units: [UInt32]) -> String {
    String(String.UnicodeScalarView(units.compactMap { Unicode.Scalar($0) }))
  }

  private static func word(_ unit: UInt32) -> String {
    if isSkinTone(unit) {
      let tones = ["light", "medium-light", "medium", "medium-dark", "dark"]
      return tones[Int(unit - 0x1F3FB)] + " skin tone"
    }
    return Unicode.Scalar(unit)?.properties.name?.lowercased() ?? ""
  }
}

extension ArraySlice<UInt32> {
  /// The stretches between emoji, and the emoji themselves, in turn.
  func cutAtEmoji() -> [(units: ArraySlice<UInt32>, isEmoji: Bool)] {
    var pieces: [(units: ArraySlice<UInt32>, isEmoji: Bool)] = []
    var (run, index) = (startIndex, startIndex)
    while index < endIndex {
      guard let end = EmojiSequence.end(in: self, from: index) else {
        index += 1
        continue
      }
      if run < index { pieces.append((self[run..<index], false)) }
      pieces.append((self[index..<end], true))
      (run, index) = (end, end)
    }
    if run < endIndex { pieces.append((self[run...], false)) }
    return pieces
  }
}
