/// Puts a word in the place of numbers: digits of any script, with `.`, `,` or `:` between them.
///
/// Digits in words, such as `covid19` and `3rd`, are no numbers; signs and units stay.
struct NumberRule: CleaningRule {
  let word: String

  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    var (run, index) = (0, 0)
    var isInWord = false
    while index < text.count {
      let start = index
      let scalar = nextScalar(text, &index)
      guard scalar.isDigit, !isInWord else {
        isInWord = scalar.belongsToWord
        continue
      }
      let end = endOfNumber(text, from: index)
      index = end
      isInWord = end < text.count && peek(text, at: end).belongsToWord
      guard !isInWord else { continue }
      clean.append(contentsOf: text[run..<start])
      clean.append(contentsOf: word.utf8)
      run = end
    }
    clean.append(contentsOf: text[run...])
  }

  private func endOfNumber(_ text: [UInt8], from start: Int) -> Int {
    var end = start
    while end < text.count {
      var next = end
      if ".,:".utf8.contains(text[end]) { next += 1 }
      guard next < text.count, peek(text, at: next).isDigit else { break }
      _ = nextScalar(text, &next)
      end = next
    }
    return end
  }

  private func peek(_ text: [UInt8], at index: Int) -> Unicode.Scalar {
    var next = index
    return nextScalar(text, &next)
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool {
    isASCII ? ("0"..."9").contains(self) : properties.generalCategory == .decimalNumber
  }

  fileprivate var belongsToWord: Bool { self == "_" || isLetterMarkOrNumber }
}
