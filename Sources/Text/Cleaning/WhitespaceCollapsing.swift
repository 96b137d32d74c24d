/// Makes one blank of every run of Unicode white space, and drops it at both ends.
struct WhitespaceCollapsing: CleaningRule {
  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    let first = clean.count
    var index = 0
    var isPending = false
    while index < text.count {
      let start = index
      if nextScalar(text, &index).isWhiteSpace {
        isPending = clean.count > first
        continue
      }
      if isPending { clean.append(UInt8(ascii: " ")) }
      isPending = false
      clean.append(contentsOf: text[start..<index])
    }
  }
}
