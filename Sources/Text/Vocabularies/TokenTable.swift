/// Distinct byte strings numbered in the order of their first insertion.
///
/// All bytes lie in one pool and are found by open addressing: O(length) to insert and to look up.
package struct TokenTable: Sendable {
  /// What a token is known by: its first eight bytes, its last eight where it is longer, and its length,
  /// which are all of a token of up to sixteen bytes.
  private struct Key: Equatable {
    var head: UInt64 = 0
    var tail: UInt64 = 0
    var length: UInt32 = 0

    init() {}

    @inline(__always)
    init(of token: Range<Int>, in line: Span<UInt8>) {
      head = line.head(of: token)
      tail = token.count > 8 ? line.word(at: token.upperBound &- 8) : 0
      length = UInt32(truncatingIfNeeded: token.count)
    }
  }

  /// A place of the table.
  private struct Slot {
    var key = Key()
    /// The id plus one, or zero for an empty slot.
    var token: Int32 = 0
  }

  private var pool: [UInt8] = []
  /// Where each token begins in the pool; one more at the end.
  private var starts: [Int] = [0]
  /// Their number is a power of two, and at most half are full.
  private var slots = [Slot](repeating: Slot(), count: 64)

  package init() {}

  package var count: Int { starts.count - 1 }

  /// How many bytes all tokens have together.
  package var byteCount: Int { pool.count }

  /// The token's bytes.
  package subscript(id: Int) -> ArraySlice<UInt8> { pool[starts[id]..<starts[id + 1]] }

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
    let key = Key(of: token, in: line)
    let place = slot(of: token, in: line, key, from: Self.hash(token, of: line, key))
    return id(in: slots[place])
  }

  /// The id of a token that stands in a line, a new one when it was not there.
  @inline(__always)
  mutating func insert(_ token: Range<Int>, of line: Span<UInt8>) -> Int {
    let key = Key(of: token, in: line)
    let place = slot(of: token, in: line, key, from: Self.hash(token, of: line, key))
    return id(in: slots[place]) ?? add(line.extracting(token), key, at: place)
  }

  /// So many tokens are looked up together at most.
  static var mostTogether: Int { 16 }

  /// Calls `found` with the id of each of some tokens of a line, nil for one that was not inserted.
  ///
  /// The memory that one has to wait for is asked for by all of them before the first is looked at.
  ///
  /// - Parameter tokens: not more than `mostTogether`.
  @inline(__always)
  func forEachID(
    of tokens: Span<Range<Int>>, in line: Span<UInt8>, _ found: (Int?) -> Void
  ) {
    let slots = slots.span
    let mask = slots.count &- 1
    var sought = InlineArray<16, (key: Key, place: Int)>(repeating: (Key(), 0))
    var candidates = InlineArray<16, Slot>(repeating: Slot())
    for index in tokens.indices {
      let key = Key(of: tokens[index], in: line)
      let place = Self.hash(tokens[index], of: line, key) & mask
      sought[index] = (key, place)
      candidates[index] = slots[place]
    }
    for index in tokens.indices {
      let (key, place) = sought[index]
      var slot = candidates[index]
      if slot.token != 0, slot.key != key || key.length > 16 {
        slot = slots[self.slot(of: tokens[index], in: line, key, from: place)]
      }
      found(id(in: slot))
    }
  }

  @inline(__always)
  private func id(in slot: Slot) -> Int? { slot.token == 0 ? nil : Int(slot.token) &- 1 }

  private mutating func add(_ token: Span<UInt8>, _ key: Key, at slot: Int) -> Int {
    let id = count
    pool.append(copying: token)
    starts.append(pool.count)
    slots[slot] = Slot(key: key, token: Int32(truncatingIfNeeded: id + 1))
    if count * 2 > slots.count { grow() }
    return id
  }

  /// The slot that holds the token, or the empty one where it belongs.
  @inline(__always)
  private func slot(
    of token: Range<Int>, in line: Span<UInt8>, _ key: Key, from hash: Int
  ) -> Int {
    let mask = slots.count &- 1
    let slots = slots.span
    var place = hash & mask
    while true {
      let slot = slots[place]
      if slot.token == 0 { return place }
      if slot.key == key,
        token.count <= 16 || holds(line.extracting(token), Int(slot.token) - 1)
      {
        return place
      }
      place = (place &+ 1) & mask
    }
  }

  private func holds(_ token: Span<UInt8>, _ id: Int) -> Bool {
    token.equals(pool.span.extracting(starts[id]..<starts[id + 1]))
  }

  private mutating func grow() {
    let full = slots
    slots = Array(repeating: Slot(), count: full.count * 2)
    let mask = slots.count - 1
    for slot in full where slot.token != 0 {
      let id = Int(slot.token) - 1
      var place = Self.hash(starts[id]..<starts[id + 1], of: pool.span, slot.key) & mask
      while slots[place].token != 0 { place = (place + 1) & mask }
      slots[place] = slot
    }
  }

  /// Eight bytes at a time, each time multiplied and folded in the manner of wyhash.
  @inline(__always)
  private static func hash(_ token: Range<Int>, of line: Span<UInt8>, _ key: Key) -> Int {
    var state = folded(key.head ^ 0xE703_7ED1_A0B4_28DB &+ UInt64(key.length))
    if token.count > 8 {
      var index = token.lowerBound &+ 8
      while index &+ 8 < token.upperBound {
        state = folded(state ^ line.word(at: index))
        index &+= 8
      }
      state = folded(state ^ key.tail)
    }
    return Int(truncatingIfNeeded: state)
  }

  @inline(__always)
  private static func folded(_ word: UInt64) -> UInt64 {
    let product = word.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}

extension TokenTable {
  /// The tokens of a sequence, each once.
  package init(_ tokens: some Sequence<[UInt8]>) {
    self.init()
    for token in tokens { insert(token.span) }
  }
}
