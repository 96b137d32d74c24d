extension MosesTokenizer {
  /// Splits the full stop off each word that is no abbreviation, and joins words by single spaces.
  func splitStops(_ text: inout ScalarText) {
    guard text.present.mayContain(Self.stop) else { return text.joinWords() }
    text.rebuild(capacity: text.units.count * 2) { old, new in
      var end = old.count
      while end > 0, old[end - 1] == ScalarText.space { end -= 1 }
      var index = 0
      while index < end {
        let start = index
        if !new.isEmpty, old[index] != ScalarText.space { new.append(ScalarText.space) }
        while index < end, old[index] != ScalarText.space {
          new.append(old[index])
          index += 1
        }
        if index - start > 1, old[index - 1] == Self.stop,
          !keepsStop(
            old.extracting(start..<index - 1), next: index + 1 < end ? old[index + 1] : nil)
        {
          new.removeLast(1)
          new.append(ScalarText.space)
          new.append(Self.stop)
        }
        index += 1
      }
    }
  }

  private static let stop = UInt32(UInt8(ascii: "."))

  /// Whether the full stop after a word belongs to it; `next` is the unit the next word begins with.
  func keepsStop(_ stem: Span<UInt32>, next: UInt32?) -> Bool {
    if next == nil, options.alwaysSplitsFinalStop { return false }
    let all = ScalarClasses.all
    let nextClass = next.map { all[$0] } ?? []
    if nextClass.contains(.lowercase) { return true }
    var (hasStop, hasLetter) = (false, false)
    for index in stem.indices {
      if stem[index] == Self.stop { hasStop = true }
      if all[stem[index]].contains(.alphabetic) { hasLetter = true }
    }
    if hasStop, hasLetter { return true }
    switch abbreviations.kind(of: stem) {
    case .always: return true
    case .beforeNumber: return nextClass.contains(.asciiDigit)
    case nil: return false
    }
  }
}
