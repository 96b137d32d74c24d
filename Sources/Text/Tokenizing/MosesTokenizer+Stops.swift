extension MosesTokenizer {
  /// Splits the full stop off each word that is no abbreviation, and joins words by single spaces.
  func splitStops(_ text: inout ScalarText) {
    guard text.present.mayContain(Self.stop) else { return text.joinWords() }
    text.rebuild { old, new in
      let end = (old.lastIndex { $0 != ScalarText.space } ?? -1) + 1
      var index = 0
      while index < end {
        let start = index
        while index < end, old[index] != ScalarText.space { index += 1 }
        if start < index {
          if !new.isEmpty { new.append(ScalarText.space) }
          let stem = old[start..<index - 1]
          if old[index - 1] == Self.stop, !stem.isEmpty,
            !keepsStop(stem, next: index + 1 < end ? old[index + 1] : nil)
          {
            new.append(contentsOf: stem)
            new.append(ScalarText.space)
            new.append(Self.stop)
          } else {
            new.append(contentsOf: old[start..<index])
          }
        }
        index += 1
      }
    }
  }

  private static let stop = UInt32(UInt8(ascii: "."))

  /// Whether the full stop after a word belongs to it; `next` is the unit the next word begins with.
  private func keepsStop(_ stem: ArraySlice<UInt32>, next: UInt32?) -> Bool {
    if next == nil, options.alwaysSplitsFinalStop { return false }
    let all = ScalarClasses.all
    let nextClass = next.map { all[$0] } ?? []
    if nextClass.contains(.lowercase) { return true }
    if stem.contains(Self.stop), stem.contains(where: { all[$0].contains(.alphabetic) }) {
      return true
    }
    switch abbreviations.kind(of: stem) {
    case .always: return true
    case .beforeNumber: return nextClass.contains(.asciiDigit)
    case nil: return false
    }
  }
}

extension ScalarText {
  /// White space becomes single spaces, none at the ends; control characters go.
  mutating func collapseWhitespace() {
    rebuild { old, new in
      let all = ScalarClasses.all
      var isAfterSpace = false
      for unit in old {
        if all[unit].contains(.whitespace) {
          isAfterSpace = true
        } else if unit >= 0x20 {
          if isAfterSpace, !new.isEmpty { new.append(Self.space) }
          isAfterSpace = false
          new.append(unit)
        }
      }
    }
  }

  /// Spaces around all that is no letter, digit or joint.
  mutating func isolateSymbols() {
    rebuild { old, new in
      let all = ScalarClasses.all
      let inWords: ScalarClass = [.alphanumeric, .whitespace, .joint]
      for unit in old {
        if all[unit].isDisjoint(with: inWords) {
          new.append(Self.space)
          new.append(unit)
          new.append(Self.space)
        } else {
          new.append(unit)
        }
      }
    }
  }

  /// Two or more full stops in a row become one unit with spaces around.
  mutating func isolateDotRuns() {
    let dot = UInt32(UInt8(ascii: "."))
    guard present.mayContain(dot),
      zip(units, units.dropFirst()).contains(where: { $0 == (dot, dot) })
    else { return }
    rebuild { old, new in
      var index = 0
      while index < old.count {
        var end = index
        while end < old.count, old[end] == dot { end += 1 }
        if end - index > 1 {
          new.append(Self.space)
          new.append(Self.dotRun(end - index))
          if end < old.count { new.append(Self.space) }
          index = end
        } else {
          new.append(old[index])
          index += 1
        }
      }
    }
  }

  /// A comma that ends the line is a token, even after a number.
  mutating func splitFinalComma() {
    guard units.count > 1, units.last == UInt32(UInt8(ascii: ",")),
      ScalarClasses.all[units[units.count - 2]].contains(.number)
    else { return }
    rebuild { old, new in
      new.append(contentsOf: old.dropLast())
      new.append(Self.space)
      new.append(contentsOf: old.suffix(1))
    }
  }

  /// `.'` at the end of the line becomes ` . ' `, with the space that the script leaves there.
  mutating func splitFinalStopInQuote() {
    let quote = [UInt32(UInt8(ascii: ".")), UInt32(UInt8(ascii: "'"))]
    guard units.suffix(2) == quote[...] else { return }
    rebuild { old, new in
      new.append(contentsOf: old.dropLast(2))
      for unit in quote { new.append(contentsOf: [Self.space, unit]) }
      new.append(Self.space)
    }
  }

  /// Single spaces between words, none at the ends.
  mutating func joinWords() {
    rebuild { old, new in
      for unit in old where unit != Self.space || (new.last ?? Self.space) != Self.space {
        new.append(unit)
      }
      if new.last == Self.space { new.removeLast() }
    }
  }
}
