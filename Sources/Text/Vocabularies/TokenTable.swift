/// Distinct byte strings numbered in the order of their first insertion.
///
/// All bytes lie in one pool and are found by open addressing: O(length) to insert and to look up.
package struct TokenTable: Sendable {
  private var pool: [UInt8] = []
  /// Where each token begins in the pool; one more at the end.
  private var starts: [Int] = [0]
  private var hashes: [UInt64] = []
  /// Token ids plus one, or zero for an empty slot.
  ///
  /// Their number is a power of two, and at most half are full.
  private var slots: [Int32] = Array(repeating: 0, count: 64)

  package init() {}

  package var count: Int { hashes.count }

  /// How many bytes all tokens have together.
  package var byteCount: Int { pool.count }

  /// The token's bytes.
  package subscript(id: Int) -> ArraySlice<UInt8> { pool[starts[id]..<starts[id + 1]] }

  /// The id of a token, if it was inserted.
  package func id(of token: Span<UInt8>) -> Int? {
    let found = slots[slot(of: token, hash: Self.hash(token))]
    return found == 0 ? nil : Int(found) - 1
  }

  package func contains(_ token: Span<UInt8>) -> Bool { id(of: token) != nil }

  /// The id of a token, a new one when it was not there.
  @discardableResult
  package mutating func insert(_ token: Span<UInt8>) -> Int {
    let hash = Self.hash(token)
    let slot = slot(of: token, hash: hash)
    if slots[slot] != 0 { return Int(slots[slot]) - 1 }
    let id = hashes.count
    for index in token.indices { pool.append(token[index]) }
    starts.append(pool.count)
    hashes.append(hash)
    slots[slot] = Int32(truncatingIfNeeded: id + 1)
    if hashes.count * 2 > slots.count { grow() }
    return id
  }

  package mutating func removeAll() { self = TokenTable() }

  /// The slot that holds the token, or the empty one where it belongs.
  private func slot(of token: Span<UInt8>, hash: UInt64) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let id = Int(slots[slot]) - 1
      if hashes[id] == hash, equals(token, id) { return slot }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private func equals(_ token: Span<UInt8>, _ id: Int) -> Bool {
    let start = starts[id]
    guard starts[id + 1] - start == token.count else { return false }
    for index in token.indices where pool[start + index] != token[index] { return false }
    return true
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for (id, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(truncatingIfNeeded: id + 1)
    }
  }

  /// FNV-1a over the bytes, mixed at the end so that its low bits depend on all of them.
  private static func hash(_ token: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in token.indices { hash = (hash ^ UInt64(token[index])) &* 0x100_0000_01B3 }
    return (hash ^ hash >> 32) &* 0x9E37_79B9_7F4A_7C15 >> 16
  }
}

extension TokenTable {
  /// The tokens of a sequence, each once.
  package init(_ tokens: some Sequence<[UInt8]>) {
    self.init()
    for token in tokens { insert(token.span) }
  }
}
