/// The counts of a text's characters; those outside ASCII hint at languages and broken encodings.
struct CharacterCounts: Sendable {
  /// The most different characters that are counted; no natural text has more.
  private static let limit = 100_000

  private var asciiCounts = [Int](repeating: 0, count: 128)
  private var others: [Unicode.Scalar: Int] = [:]

  mutating func add(_ text: ArraySlice<UInt8>) {
    var isASCII = true
    for byte in text {
      if byte < 0x80 { asciiCounts[Int(byte)] += 1 } else { isASCII = false }
    }
    guard !isASCII, others.count < Self.limit else { return }
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars where !scalar.isASCII {
      others[scalar, default: 0] += 1
    }
  }

  /// How many different characters there are.
  var distinctCount: Int { asciiCounts.count { $0 > 0 } + others.count }

  /// Characters outside ASCII, the most frequent first.
  var outsideASCII: [(scalar: Unicode.Scalar, count: Int)] {
    others.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }

  /// How many letters are of each script, the most frequent first.
  var scripts: [(script: Script, count: Int)] {
    var counts: [Script: Int] = [:]
    for (code, count) in asciiCounts.enumerated() where count > 0 {
      if let script = Script(of: Unicode.Scalar(UInt8(code))) {
        counts[script, default: 0] += count
      }
    }
    for (scalar, count) in others {
      if let script = Script(of: scalar) { counts[script, default: 0] += count }
    }
    return counts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
      .map { ($0.key, $0.value) }
  }
}
