/// The tokens of a table as looking up needs them, lent for as long as a line is gone through: a look at
/// the table itself would count references, which threads that share it wait for.
struct TokenFinder: ~Escapable {
  private let short: Span<ShortTokens.Slot>
  private let long: Span<LongTokens.Slot>
  private let pool: Span<UInt8>
  /// Where each token begins in the pool; one more at the end.
  private let starts: Span<Int>

  @_lifetime(copy short, copy long, copy pool, copy starts)
  init(
    short: Span<ShortTokens.Slot>, long: Span<LongTokens.Slot>, pool: Span<UInt8>,
    starts: Span<Int>
  ) {
    self.short = short
    self.long = long
    self.pool = pool
    self.starts = starts
  }

  /// The id of a token that stands in a line; nil where it is not there.
  @inline(__always)
  func id(of token: Range<Int>, in line: Span<UInt8>) -> Int? {
    guard token.count <= ShortTokens.mostBytes else { return idOfLong(token, in: line) }
    return ShortTokens.id(of: line.head(of: token), count: token.count, in: short)
  }

  @inline(never)
  private func idOfLong(_ token: Range<Int>, in line: Span<UInt8>) -> Int? {
    LongTokens.id(of: LongTokens.Key(of: token, in: line), in: long) { id in
      line.extracting(token).equals(pool.extracting(starts[id]..<starts[id + 1]))
    }
  }
}
