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
  ///
  /// - Parameter isPadded: whether it is a line as `pad` writes it, whose padding does not count.
  package mutating func add(line: Span<UInt8>, isPadded: Bool = false) {
    line.forEachWord { start, end in
      let first = isPadded ? PaddedLine.wordStart(in: line.extracting(start..<end)) : 0
      if let first { add(start + first..<end, of: line) }
    }
  }

  /// Counts one token several times.
  package mutating func add(_ token: Span<UInt8>, count: Int = 1) {
    add(0..<token.count, of: token, count: count)
  }

  @inline(__always)
  private mutating func add(_ token: Range<Int>, of line: Span<UInt8>, count: Int = 1) {
    let id = tokens.insert(token, of: line)
    if id == counts.count { counts.append(0) }
    counts[id] &+= count
  }

  /// Adds what was counted in the lines that follow; the order of tokens is as if counted in one go.
  package mutating func add(_ other: VocabularyCounter) {
    for id in 0..<other.tokens.count {
      other.tokens.withBytes(of: id) { add($0, count: other.counts[id]) }
    }
  }

  /// The id of a token, which is there then, though perhaps not counted yet.
  mutating func insert(_ token: Span<UInt8>) -> Int {
    let id = tokens.insert(token)
    if id == counts.count { counts.append(0) }
    return id
  }

  /// Counts the token of an id so often more.
  mutating func add(_ count: Int, to id: Int) { counts[id] &+= count }

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
