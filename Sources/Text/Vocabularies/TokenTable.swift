/// Distinct byte strings numbered in the order of their first insertion.
///
/// All bytes lie in one pool and are found by open addressing: O(length) to insert and to look up.
/// Tokens of up to eight bytes have a table of their own with smaller slots, as most tokens are short.
package struct TokenTable: Sendable {
  private var pool: [UInt8] = []
  /// Where each token begins in the pool; one more at the end.
  private var starts: [Int] = [0]
  private var short = ShortTokens()
  private var long = LongTokens()

  package init() {}

  package var count: Int { starts.count - 1 }

  /// What looks tokens up.
  var finder: TokenFinder {
    @_lifetime(borrow self) get {
      TokenFinder(
        short: short.slots.span, long: long.slots.span, pool: pool.span, starts: starts.span)
    }
  }

  /// How many bytes all tokens have together.
  package var byteCount: Int { pool.count }

  /// The token's bytes.
  package subscript(id: Int) -> ArraySlice<UInt8> { pool[starts[id]..<starts[id + 1]] }

  /// Lends the token's bytes.
  package func withBytes<Result>(of id: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    body(pool.span.extracting(starts[id]..<starts[id + 1]))
  }

  /// Lends the bytes of all tokens, and says which are the token's.
  @inline(__always)
  func withPool(of id: Int, _ body: (_ pool: Span<UInt8>, _ token: Range<Int>) -> Void) {
    body(pool.span, starts[id]..<starts[id + 1])
  }

  /// The id of a token, if it was inserted.
  package func id(of token: Span<UInt8>) -> Int? { id(of: 0..<token.count, in: token) }

  package func contains(_ token: Span<UInt8>) -> Bool { id(of: token) != nil }

  /// The id of a token, a new one when it was not there.
  @discardableResult
  package mutating func insert(_ token: Span<UInt8>) -> Int { insert(0..<token.count, of: token) }

  package mutating func removeAll() { self = TokenTable() }

  /// The id of a token that stands in a line, if it was inserted.
  @inline(__always)
  func id(of token: Range<Int>, in line: Span<UInt8>) -> Int? {
    finder.id(of: token, in: line)
  }

  /// The id of a token that stands in a line, a new one when it was not there.
  @inline(__always)
  mutating func insert(_ token: Range<Int>, of line: Span<UInt8>) -> Int {
    id(of: token, in: line) ?? add(token, of: line)
  }

  @inline(never)
  private mutating func add(_ token: Range<Int>, of line: Span<UInt8>) -> Int {
    let id = count
    pool.append(copying: line.extracting(token))
    starts.append(pool.count)
    if token.count <= ShortTokens.mostBytes {
      short.add(line.head(of: token), count: token.count, id: id)
    } else {
      let (pool, starts) = (pool, starts)
      long.add(id) { LongTokens.Key(of: starts[$0]..<starts[$0 + 1], in: pool.span) }
    }
    return id
  }
}

extension TokenTable {
  /// The first tokens of the table.
  func prefix(_ count: Int) -> TokenTable {
    var table = TokenTable()
    for id in 0..<min(count, self.count) { withBytes(of: id) { _ = table.insert($0) } }
    return table
  }

  /// The tokens of a sequence, each once.
  package init(_ tokens: some Sequence<[UInt8]>) {
    self.init()
    for token in tokens { insert(token.span) }
  }
}
