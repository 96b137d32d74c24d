/// Leaves at most so many of a letter that stands several times in a row: `sooooo` → `sooo`.
struct LetterRunShortening: CleaningRule {
  let longest: Int

  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    var index = 0
    var last: Unicode.Scalar?
    var count = 0
    while index < text.count {
      let start = index
      let scalar = nextScalar(text, &index)
      count = scalar == last ? count + 1 : 1
      last = scalar
      if count > longest, scalar.properties.isAlphabetic { continue }
      clean.append(contentsOf: text[start..<index])
    }
  }
}
