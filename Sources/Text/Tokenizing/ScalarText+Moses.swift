/// The steps of Moses's tokenizer that look at the whole line.
extension ScalarText {
  /// White space becomes single spaces, none at the ends; control characters are removed.
  mutating func collapseWhitespace() {
    rebuild(capacity: units.count) { old, new in
      let all = ScalarClasses.all
      var isAfterSpace = false
      for index in old.indices {
        let unit = old[index]
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
    rebuild(capacity: units.count * 3) { old, new in
      let all = ScalarClasses.all
      let inWords: ScalarClass = [.alphanumeric, .whitespace, .joint]
      for index in old.indices {
        let unit = old[index]
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
    rebuild(capacity: units.count) { old, new in
      var isAfterSpace = true
      for index in old.indices {
        let isSpace = old[index] == Self.space
        if !isSpace || !isAfterSpace { new.append(old[index]) }
        isAfterSpace = isSpace
      }
      if isAfterSpace, !new.isEmpty { new.removeLast(1) }
    }
  }
}
