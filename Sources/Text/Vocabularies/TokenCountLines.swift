import Diagnostics

/// Files of lines that hold a token, a separator and a count.
enum TokenCountLines {
  /// No token of real text is this long.
  private static let longestLine = 100_000

  static func write(_ entries: some Sequence<(ArraySlice<UInt8>, Int)>, separator: UInt8) -> [UInt8]
  {
    var bytes: [UInt8] = []
    for (token, count) in entries {
      bytes.append(contentsOf: token)
      bytes.append(separator)
      bytes.append(contentsOf: String(count).utf8)
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  /// Reads every line that is not empty; the separator is a tab or a space, the last one of the line.
  ///
  /// - Parameter reserved: tokens that no line may have.
  /// - Throws: at a line without token or count, at a repeated token, and when the sum of the counts
  ///   is too large for an integer.
  static func read(
    _ text: Span<UInt8>, file: String, reserved: TokenTable = TokenTable()
  ) throws(Diagnostic) -> VocabularyCounter {
    var counter = VocabularyCounter()
    var total = 0
    var number = 0
    var start = 0
    while start < text.count {
      number += 1
      var end = start
      while end < text.count, text[end] != UInt8(ascii: "\n") { end += 1 }
      let place = Place(file: file, line: number)
      let count = try read(
        line: text.extracting(start..<end), into: &counter, reserved, at: place)
      let (sum, isTooLarge) = total.addingReportingOverflow(count)
      if isTooLarge { throw Diagnostic(.countsTooLarge, at: place) }
      total = sum
      start = end + 1
    }
    return counter
  }

  /// Reads one line; returns its count.
  private static func read(
    line: Span<UInt8>, into counter: inout VocabularyCounter, _ reserved: TokenTable,
    at place: Place
  ) throws(Diagnostic) -> Int {
    guard line.count <= longestLine else { throw Diagnostic(.tokenTooLong, at: place) }
    var end = line.count
    if end > 0, line[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    guard end > 0 else { return 0 }
    var separator = end - 1
    while separator > 0, line[separator] != UInt8(ascii: "\t"), line[separator] != 0x20 {
      separator -= 1
    }
    guard separator > 0, let count = number(line.extracting(separator + 1..<end)) else {
      throw Diagnostic(.notATokenWithCount, at: place)
    }
    let token = line.extracting(0..<separator)
    let known = counter.tokens.count
    counter.add(token, count: count)
    if counter.tokens.count == known || reserved.contains(token) {
      throw Diagnostic(.repeatedToken, at: place)
    }
    return count
  }

  private static func number(_ digits: Span<UInt8>) -> Int? {
    guard (1...18).contains(digits.count) else { return nil }
    var value = 0
    for index in digits.indices {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digits[index]) else { return nil }
      value = value * 10 + Int(digits[index] - UInt8(ascii: "0"))
    }
    return value
  }
}

extension Diagnostic.Message {
  static let tokenTooLong = Self(
    "a line of more than 100,000 bytes is no token", remedy: "put one token and count on each line")
  static let notATokenWithCount = Self(
    "the line is not a token, a tab or space, and a whole number",
    remedy: "give a vocabulary of learn-vocabulary, or one of subword-nmt or fairseq")
  static let countsTooLarge = Self(
    "the counts up to here are more than 9 quintillion together",
    remedy: "check that these are counts of tokens")
  static let repeatedToken = Self(
    "the token stands on an earlier line too", remedy: "keep one line for each token")
  static let noSpecialTokens = Self(
    "the first lines are not <pad> and <unk>",
    remedy: "give a vocabulary of learn-vocabulary")
}
