/// How often each token occurs in a part of a text, most of whose tokens are in a table already.
///
/// A known token costs one look at that table, which threads share, and a number in an array; only the
/// others are put into a table of the part's own. Tokens are counted as by `VocabularyCounter`.
package struct PartCounter: Sendable {
  /// Tokens that came before; their ids are kept.
  let known: TokenTable
  /// Others of the part, whose ids follow those of the known ones.
  private(set) var others = TokenTable()
  /// How often the token of each id occurs; no part has so many that they do not fit.
  private(set) var counts: [UInt32]
  /// The ids of the tokens that occur, in the order of first occurrence.
  private(set) var order: [Int] = []
  /// The ids of the tokens of a line, below zero for those that are not known.
  private var ids: [Int32] = []

  /// - Parameter known: of the text before.
  package init(besides known: TokenTable = TokenTable()) {
    self.known = known
    counts = Array(repeating: 0, count: known.count)
  }

  /// Counts the tokens of a line that stands within some bytes.
  ///
  /// - Parameter isPadded: whether it is a line as `pad` writes it, whose padding does not count.
  package mutating func add(line: Range<Int>, of bytes: Span<UInt8>, isPadded: Bool = false) {
    ids.removeAll(keepingCapacity: true)
    let areKnown = Self.find(line, of: bytes, isPadded: isPadded, in: known, &ids)
    if !areKnown { insertOthers(of: line, in: bytes, isPadded: isPadded) }
    Self.count(ids, in: &counts, &order)
  }

  /// Counts one token.
  package mutating func add(_ token: Span<UInt8>) {
    ids.removeAll(keepingCapacity: true)
    ids.append(Int32(truncatingIfNeeded: known.id(of: token) ?? insert(0..<token.count, of: token)))
    Self.count(ids, in: &counts, &order)
  }

  /// Appends the ids of the tokens of a line, below zero for those that are not in a table.
  ///
  /// - Returns: whether all are.
  @inline(__always)
  private static func find(
    _ line: Range<Int>, of bytes: Span<UInt8>, isPadded: Bool, in table: borrowing TokenTable,
    _ ids: inout [Int32]
  ) -> Bool {
    let finder = table.finder
    var areThere = true
    // Two words have a space between them.
    ids.append(addingCapacity: line.count / 2 + 1) { ids in
      forEachToken(of: line, in: bytes, isPadded: isPadded) { token in
        let id = finder.id(of: token, in: bytes) ?? -1
        areThere = areThere && id >= 0
        ids.append(Int32(truncatingIfNeeded: id))
      }
    }
    return areThere
  }

  @inline(__always)
  private static func forEachToken(
    of line: Range<Int>, in bytes: Span<UInt8>, isPadded: Bool, _ body: (Range<Int>) -> Void
  ) {
    bytes.forEachWord(in: line) { start, end in
      let first = isPadded ? PaddedLine.wordStart(in: bytes.extracting(start..<end)) : 0
      if let first { body(start &+ first..<end) }
    }
  }

  /// Gives those tokens of a line ids that are not known.
  private mutating func insertOthers(
    of line: Range<Int>, in bytes: Span<UInt8>, isPadded: Bool
  ) {
    var place = 0
    Self.forEachToken(of: line, in: bytes, isPadded: isPadded) { token in
      if ids[place] < 0 { ids[place] = Int32(truncatingIfNeeded: insert(token, of: bytes)) }
      place += 1
    }
  }

  private mutating func insert(_ token: Range<Int>, of line: Span<UInt8>) -> Int {
    let id = known.count + others.insert(token, of: line)
    if id == counts.count { counts.append(0) }
    return id
  }

  /// Counts tokens, and notes those that were not counted before.
  private static func count(_ ids: [Int32], in counts: inout [UInt32], _ order: inout [Int]) {
    var counts = counts.mutableSpan
    for id in ids {
      let id = Int(id)
      if counts[id] == 0 { order.append(id) }
      counts[id] &+= 1
    }
  }
}
