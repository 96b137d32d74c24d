/// The ids of tokens of more than eight bytes, which are known by their first and last eight and by
/// their length; those of more than sixteen bytes must be compared where they lie.
struct LongTokens: Sendable {
  /// What is looked at of a token.
  struct Key {
    fileprivate let head: UInt64
    fileprivate let tail: UInt64
    fileprivate let count: UInt32
    /// Of all bytes, eight at a time, in the manner of wyhash.
    fileprivate let hash: UInt64

    /// - Parameter token: more than eight bytes of a line.
    @inline(__always)
    init(of token: Range<Int>, in line: Span<UInt8>) {
      head = line.word(at: token.lowerBound)
      tail = line.word(at: token.upperBound &- 8)
      count = UInt32(truncatingIfNeeded: token.count)
      var hash = (head ^ UInt64(count)).multipliedAndFolded
      var index = token.lowerBound &+ 8
      while index &+ 8 < token.upperBound {
        hash = (hash ^ line.word(at: index)).multipliedAndFolded
        index &+= 8
      }
      self.hash = (hash ^ tail).multipliedAndFolded
    }
  }

  struct Slot {
    var head: UInt64 = 0
    var tail: UInt64 = 0
    var count: UInt32 = 0
    /// The id plus one, or zero for an empty slot.
    var token: Int32 = 0
  }

  /// Their number is a power of two, and at most half are full.
  private(set) var slots = [Slot](repeating: Slot(), count: 16)
  private var count = 0

  /// - Parameter holds: whether the token of an id is the wanted one, which has more than sixteen bytes.
  @inline(__always)
  static func id(of key: Key, in slots: Span<Slot>, where holds: (Int) -> Bool) -> Int? {
    let mask = slots.count &- 1
    var place = Int(truncatingIfNeeded: key.hash) & mask
    while true {
      let slot = slots[place]
      if slot.token == 0 { return nil }
      let id = Int(slot.token) &- 1
      if slot.head == key.head, slot.tail == key.tail, slot.count == key.count,
        key.count <= 16 || holds(id)
      {
        return id
      }
      place = (place &+ 1) & mask
    }
  }

  /// Adds a token that is not there.
  ///
  /// - Parameter keyOf: gives the key of an id, this one's and those of others.
  mutating func add(_ id: Int, keyOf: (Int) -> Key) {
    put(id, keyOf(id))
    count += 1
    guard count * 2 > slots.count else { return }
    let full = slots
    slots = Array(repeating: Slot(), count: full.count * 2)
    for slot in full where slot.token != 0 {
      let id = Int(slot.token) - 1
      put(id, keyOf(id))
    }
  }

  private mutating func put(_ id: Int, _ key: Key) {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: key.hash) & mask
    while slots[place].token != 0 { place = (place + 1) & mask }
    slots[place] = Slot(
      head: key.head, tail: key.tail, count: key.count, token: Int32(truncatingIfNeeded: id + 1))
  }
}
