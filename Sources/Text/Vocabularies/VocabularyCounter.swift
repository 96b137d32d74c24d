import Cores

/// How often each token occurs in lines of text, in the order of first occurrence.
///
/// Tokens are what spaces separate; carriage returns and line feeds at the ends of a line are ignored.
/// Every token is a word of the text, even one spelled like a special token.
package struct VocabularyCounter: Sendable {
  package private(set) var tokens = TokenTable()
  package private(set) var counts: [Int] = []

  package init() {}

  /// How many tokens were counted, repetitions included.
  package var total: Int { counts.reduce(0, &+) }

  /// Counts the tokens of a line.
  package mutating func add(line: Span<UInt8>) {
    line.forEachWord { start, end in add(line.extracting(start..<end)) }
  }

  /// Counts one token several times.
  package mutating func add(_ token: Span<UInt8>, count: Int = 1) {
    let id = tokens.insert(token)
    if id == counts.count { counts.append(0) }
    counts[id] &+= count
  }

  /// Adds what was counted in the lines that follow; the order of tokens is as if counted in one go.
  package mutating func add(_ other: VocabularyCounter) {
    for id in 0..<other.tokens.count {
      let token = Array(other.tokens[id])
      add(token.span, count: other.counts[id])
    }
  }

  /// Counts lines on several cores; the result does not depend on how many.
  ///
  /// - Parameter line: appends the line of that number to the buffer it is given.
  package static func counting(
    lines count: Int, cores: Int, _ line: @Sendable (Int, inout [UInt8]) -> Void
  ) -> VocabularyCounter {
    let chunk = 4096
    let parts = mapConcurrently((count + chunk - 1) / chunk, cores: cores) { part in
      var counter = VocabularyCounter()
      var buffer: [UInt8] = []
      for index in part * chunk..<min(count, (part + 1) * chunk) {
        buffer.removeAll(keepingCapacity: true)
        line(index, &buffer)
        counter.add(line: buffer.span)
      }
      return counter
    }
    var all = VocabularyCounter()
    for part in parts { all.add(part) }
    return all
  }
}

extension Span<UInt8> {
  /// Calls `body` with the start and end of each word: what spaces separate, without the spaces,
  /// carriage returns and line feeds at the ends of the line.
  func forEachWord(_ body: (_ start: Int, _ end: Int) -> Void) {
    let edges = edges
    var start = edges.lowerBound
    while start < edges.upperBound {
      var end = start
      while end < edges.upperBound, self[end] != UInt8(ascii: " ") { end += 1 }
      if end > start { body(start, end) }
      start = end + 1
    }
  }

  /// The line without the spaces, carriage returns and line feeds at its ends.
  var edges: Range<Int> {
    var start = 0
    while start < count, Self.isEdge(self[start]) { start += 1 }
    var end = count
    while end > start, Self.isEdge(self[end - 1]) { end -= 1 }
    return start..<end
  }

  private static func isEdge(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D }
}
