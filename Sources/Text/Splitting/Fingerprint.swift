/// A 128-bit hash of a text: equal texts have equal ones, on every machine and in every run.
///
/// Two multiply-and-fold lanes over 8-byte words in the manner of wyhash. Among 10⁹ different texts
/// the chance of any two being taken for equal is about 10⁻²¹. Not safe against an adversary.
package struct Fingerprint: Hashable, Sendable {
  package private(set) var high: UInt64
  package private(set) var low: UInt64

  /// The fingerprint of nothing; `seed` separates uses that must not meet.
  package init(seed: UInt64 = 0) {
    high = 0xA076_1D64_78BD_642F ^ seed
    low = 0xE703_7ED1_A0B4_28DB &+ seed
  }

  /// The fingerprint of one text.
  package init(_ text: Span<UInt8>, seed: UInt64 = 0) {
    self.init(seed: seed)
    add(text)
  }

  /// The fingerprint of a row of ids.
  package init(ids: [Int32]) {
    self.init()
    for id in ids { mix(UInt64(UInt32(bitPattern: id))) }
    mix(UInt64(ids.count))
  }

  /// Goes on with another text; where one text ends and the next starts counts.
  package mutating func add(_ text: Span<UInt8>) {
    let raw = unsafe text.bytes
    var index = 0
    while index &+ 8 <= text.count {
      mix(
        unsafe UInt64(
          littleEndian: raw.unsafeLoadUnaligned(
            fromUncheckedByteOffset: index, as: UInt64.self)))
      index &+= 8
    }
    var rest: UInt64 = 0
    while index < text.count {
      rest = rest << 8 | UInt64(text[index])
      index &+= 1
    }
    mix(rest)
    mix(UInt64(text.count) ^ 0x8EBC_6AF0_9C88_C6E3)
  }

  private mutating func mix(_ word: UInt64) {
    let first = (high ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    let second = (low &+ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    high = first.high ^ first.low ^ low
    low = second.high ^ second.low &+ word.byteSwapped
  }
}
