/// Seeded lines that are hard on text code: marks, controls, odd spaces, broken UTF-8.
struct RandomText: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state ^ state >> 29) &* 0xBF58_476D_1CE4_E5B9
  }

  private static let pieces = [
    "a", "Z", "don't", "5", "3,5", "U.S.", "Mr.", "No.", "é", "e\u{301}", "ß", "İ", "日本", "½", "🙂",
    "\u{200B}", "\u{A0}", "\u{85}", "\u{1}", "\t", " ", " ", " ", ".", "...", ",", "'", "''", "`",
    "-",
    "—", "«\u{A0}", "\u{A0}»", "“", "„", "’", "…", "%", "(", ")", "[", "<", ">", "|", "&amp;", "&",
    "@-@", "@@", "\"", "\u{10FFFF}", "\r",
  ]

  /// Valid UTF-8, in which the pieces that rules look for are frequent.
  mutating func line() -> [UInt8] {
    (0..<Int.random(in: 0...24, using: &self)).flatMap { _ in
      Array(Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &self)].utf8)
    }
  }

  /// Bytes of any value but line feeds.
  mutating func bytes() -> [UInt8] {
    (0..<Int.random(in: 0...40, using: &self)).map { _ in
      let byte = UInt8.random(in: 0...255, using: &self)
      return byte == 10 ? 0x80 : byte
    }
  }
}
