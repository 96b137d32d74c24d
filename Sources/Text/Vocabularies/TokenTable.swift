/// Distinct byte strings numbered in the order of their first insertion.
///
/// All bytes lie in one pool and are found by open addressing: O(length) to insert and to look up.
package struct TokenTable: Sendable {
  /// A place of the table: a token's first eight bytes and its length, which tell most tokens apart.
  private struct Slot {
    var head: UInt64 = 0
    var length: UInt32 = 0
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
    let found = slots[slot(of: token, in: line, head: line.head(of: token))].token
    return found == 0 ? nil : Int(found) - 1
  }

  /// The id of a token that stands in a line, a new one when it was not there.
  @inline(__always)
  mutating func insert(_ token: Range<Int>, of line: Span<UInt8>) -> Int {
    let head = line.head(of: token)
    let slot = slot(of: token, in: line, head: head)
    let known = slots[slot].token
    return known != 0 ? Int(known) - 1 : add(line.extracting(token), head: head, at: slot)
  }

  private mutating func add(_ token: Span<UInt8>, head: UInt64, at slot: Int) -> Int {
    let id = count
    pool.append(copying: token)
    starts.append(pool.count)
    slots[slot] = Slot(
      head: head, length: UInt32(truncatingIfNeeded: token.count),
      token: Int32(truncatingIfNeeded: id + 1))
    if count * 2 > slots.count { grow() }
    return id
  }

  /// The slot that holds the token, or the empty one where it belongs.
  @inline(__always)
  private func slot(of token: Range<Int>, in line: Span<UInt8>, head: UInt64) -> Int {
    let mask = slots.count &- 1
    let slots = slots.span
    let length = UInt32(truncatingIfNeeded: token.count)
    var place = Self.hash(token, of: line, head: head) & mask
    while true {
      let slot = slots[place]
      if slot.token == 0 { return place }
      if slot.head == head, slot.length == length,
        token.count <= 8 || holds(line.extracting(token), Int(slot.token) - 1)
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
      var place = Self.hash(starts[id]..<starts[id + 1], of: pool.span, head: slot.head) & mask
      while slots[place].token != 0 { place = (place + 1) & mask }
      slots[place] = slot
    }
  }

  /// Eight bytes at a time, each time multiplied and folded in the manner of wyhash.
  @inline(__always)
  private static func hash(_ token: Range<Int>, of line: Span<UInt8>, head: UInt64) -> Int {
    var state = folded(head ^ 0xE703_7ED1_A0B4_28DB &+ UInt64(truncatingIfNeeded: token.count))
    if token.count > 8 {
      var index = token.lowerBound &+ 8
      while index &+ 8 < token.upperBound {
        state = folded(state ^ line.word(at: index))
        index &+= 8
      }
      state = folded(state ^ line.word(at: token.upperBound &- 8))
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
