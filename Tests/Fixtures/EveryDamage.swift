/// A content cut short at every length, and with bits of it flipped, one at a time.
///
/// By day one bit of each byte is flipped, at night all eight.
package struct EveryDamage: Sequence {
  private let whole: [UInt8]

  package init(to whole: [UInt8]) { self.whole = whole }

  package func makeIterator() -> some IteratorProtocol<(what: String, bytes: [UInt8])> {
    let cuts = whole.indices.lazy.map { (what: "cut at \($0)", bytes: Array(whole[..<$0])) }
    let bits = whole.indices.lazy.flatMap { index in
      (Effort.isNightly ? Array(0..<8) : [index % 8]).lazy.map { (index, $0) }
    }
    let flips = bits.map { index, bit in
      var bytes = whole
      bytes[index] ^= 1 << UInt8(bit)
      return (what: "bit \(bit) of byte \(index)", bytes: bytes)
    }
    return Joined(first: cuts.makeIterator(), second: flips.makeIterator())
  }

  /// One sequence after the other.
  private struct Joined<First: IteratorProtocol, Second: IteratorProtocol>: IteratorProtocol
  where First.Element == Second.Element {
    var first: First
    var second: Second

    mutating func next() -> First.Element? { first.next() ?? second.next() }
  }
}
