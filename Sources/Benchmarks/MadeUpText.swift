import Foundation

/// Random numbers and words that are drawn as often as words are: by Zipf's law.
struct ZipfSource {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// From 0 to below 1.
  mutating func draw() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) / Double(1 << 53)
  }

  mutating func draw(below count: Int) -> Int { Int(draw() * Double(count)) }

  /// The rank of a word of a vocabulary, the most frequent ones the lowest, from 1.
  mutating func rank(of count: Int) -> Int { Int(pow(Double(count), draw())) }
}

/// Sentences of made-up words, with the capitals, marks and accents that real text has.
struct MadeUpText {
  private static let syllables = [
    "a", "te", "ri", "no", "sa", "li", "ver", "den", "o", "ma", "ing", "be", "lo", "ü", "shi", "ta",
    "ent", "é", "pro", "con", "us", "ka", "mi", "tion",
  ]
  private static let vocabularySize = 50_000

  private var source: ZipfSource
  private let words = (0...vocabularySize).map(Self.word)

  init(seed: UInt64) { source = ZipfSource(seed: seed) }

  /// The syllables of a rank, which frequent words have few of.
  private static func word(_ rank: Int) -> String {
    var (word, rest) = ("", rank)
    repeat {
      word += syllables[rest % syllables.count]
      rest /= syllables.count
    } while rest > 0
    return word
  }

  /// - Parameter count: how many words.
  mutating func sentence(of count: Int) -> String {
    var sentence = ""
    for place in 0..<count {
      let word = words[source.rank(of: Self.vocabularySize)]
      let chance = source.draw()
      sentence += place == 0 || chance > 0.95 ? word.capitalized : word
      if place == count - 1 {
        sentence += chance < 0.05 ? "?" : "."
      } else {
        sentence += chance < 0.06 ? ", " : chance < 0.07 ? "'s " : chance < 0.08 ? " - " : " "
      }
    }
    return sentence
  }

  /// Lines of 8 to 20 words, with so many bytes in all.
  mutating func lines(byteCount: Int) -> [String] {
    var lines: [String] = []
    var rest = byteCount
    while rest > 0 {
      lines.append(sentence(of: 8 + source.draw(below: 13)))
      rest -= lines[lines.count - 1].utf8.count + 1
    }
    return lines
  }
}
