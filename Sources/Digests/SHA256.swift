/// The SHA-256 of a text, as FIPS 180-4 has it.
package struct SHA256: Sendable {
  private static let constants = roots(of: 64) { $0.cubeRoot }
  private static let start = roots(of: 8) { $0.squareRoot }

  /// The first 32 bits of the fractions of roots of the first primes.
  private static func roots(of count: Int, _ root: (UInt32) -> UInt32) -> [UInt32] {
    var primes: [UInt32] = []
    var number: UInt32 = 2
    while primes.count < count {
      if primes.allSatisfy({ number % $0 > 0 }) { primes.append(number) }
      number += 1
    }
    return primes.map(root)
  }

  package let bytes: [UInt8]

  package init(of message: String) {
    var padded = Array(message.utf8) + [0x80]
    let bitCount = UInt64(padded.count - 1) * 8
    while padded.count % 64 != 56 { padded.append(0) }
    padded += (0..<8).map { UInt8(truncatingIfNeeded: bitCount >> (56 - 8 * UInt64($0))) }
    var state = Self.start
    for block in stride(from: 0, to: padded.count, by: 64) {
      Self.take(padded[block..<block + 64], into: &state)
    }
    bytes = state.flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * UInt32($0))) }
    }
  }

  private static func take(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
    func turned(_ word: UInt32, _ bits: UInt32) -> UInt32 { word >> bits | word << (32 - bits) }
    var words = (0..<16).map { place in
      (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(block[block.startIndex + place * 4 + $1]) }
    }
    for place in 16..<64 {
      let (early, late) = (words[place - 15], words[place - 2])
      let first = turned(early, 7) ^ turned(early, 18) ^ early >> 3
      let second = turned(late, 17) ^ turned(late, 19) ^ late >> 10
      words.append(words[place - 16] &+ first &+ words[place - 7] &+ second)
    }
    var s = state
    for place in 0..<64 {
      let choice = (s[4] & s[5]) ^ (~s[4] & s[6])
      let majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2])
      let right = turned(s[4], 6) ^ turned(s[4], 11) ^ turned(s[4], 25)
      let left = turned(s[0], 2) ^ turned(s[0], 13) ^ turned(s[0], 22)
      let new = s[7] &+ right &+ choice &+ constants[place] &+ words[place]
      s = [new &+ left &+ majority, s[0], s[1], s[2], s[3] &+ new, s[4], s[5], s[6]]
    }
    for place in state.indices { state[place] &+= s[place] }
  }

  /// In the digits of RFC 4648.
  package var base64: String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    return stride(from: 0, to: bytes.count, by: 3).map { place in
      let group = bytes[place..<min(place + 3, bytes.count)]
      let bits = (0..<3).reduce(0) { $0 << 8 | ($1 < group.count ? Int(group[place + $1]) : 0) }
      return String((0...group.count).map { digits[bits >> (18 - 6 * $0) & 63] })
        + String(repeating: "=", count: 3 - group.count)
    }.joined()
  }
}

extension UInt32 {
  /// The first 32 bits after the point of the square root.
  fileprivate var squareRoot: UInt32 { fraction { $0 * $0 <= Wide(self) << 64 } }

  /// The first 32 bits after the point of the cube root.
  fileprivate var cubeRoot: UInt32 { fraction { $0 * $0 * $0 <= Wide(self) << 96 } }

  private typealias Wide = UInt128

  /// The largest number that still fits, in units of 2⁻³², less its whole part.
  private func fraction(_ fits: (Wide) -> Bool) -> UInt32 {
    var root: Wide = 0
    for bit in (0..<37).reversed() where fits(root | Wide(1) << Wide(bit)) {
      root |= Wide(1) << Wide(bit)
    }
    return UInt32(truncatingIfNeeded: root)
  }
}
