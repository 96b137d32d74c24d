/// The symbols of a byte-pair encoding: equal strings are one symbol, whatever they were merged from.
struct SymbolTable: Sendable {
  private var tokens = TokenTable()
  /// The first eight bytes of each symbol, the first one highest.
  private var heads: [UInt64] = []

  var count: Int { tokens.count }

  subscript(symbol: Int32) -> ArraySlice<UInt8> { tokens[Int(symbol)] }

  mutating func insert(_ bytes: ArraySlice<UInt8>) -> Int32 {
    let symbol = tokens.insert(bytes.span)
    if symbol == heads.count {
      heads.append(
        bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } << UInt64(8 * max(0, 8 - bytes.count)))
    }
    return Int32(truncatingIfNeeded: symbol)
  }

  func id(of bytes: Span<UInt8>) -> Int32? {
    tokens.id(of: bytes).map { Int32(truncatingIfNeeded: $0) }
  }

  /// Negative, zero or positive as `a` comes before, equals or comes after `b`.
  func order(_ a: Int32, _ b: Int32) -> Int {
    if a == b { return 0 }
    let (headA, headB) = (heads[Int(a)], heads[Int(b)])
    if headA != headB { return headA < headB ? -1 : 1 }
    return self[a].lexicographicallyPrecedes(self[b]) ? -1 : 1
  }
}
