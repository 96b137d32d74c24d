import Foundation
import Testing
import Text

/// Rules of cleaning over texts nobody wrote: control characters, broken UTF-8, odd white space.
@Suite(.timeLimit(.minutes(120)))
struct CleaningPropertyTests {
  private static let rules: [@Sendable (inout CleaningOptions) -> Void] = [
    { $0.repairsEntities = true }, { $0.tags = .removeAnyName }, { $0.decodesEntities = true },
    { $0.removesBackslashes = true }, { $0.removesURLs = true }, { $0.normalization = .nfc },
    { $0.normalization = .nfkc }, { $0.lowercases = true }, { $0.removesSymbols = true },
    { $0.removesDigits = true }, { $0.removesPunctuation = true }, { $0.stopWords = ["a", "it"] },
    { $0.collapsesWhitespace = true }, { $0.tags = .removeElements },
    { $0.removesInvisible = true }, { $0.emoji = .remove }, { $0.userNameWord = "@user" },
    { $0.numberWord = "0" }, { $0.longestLetterRun = 2 },
  ]

  @Test(arguments: rules.indices)
  func `a rule ends on any bytes, and gives no more than it could mean`(rule: Int) {
    var options = CleaningOptions()
    options.collapsesWhitespace = false
    Self.rules[rule](&options)
    let cleaner = Cleaner(options)
    var random = RandomText(seed: UInt64(rule))
    var scratch: [UInt8] = []
    let bytes = (UInt8.min...UInt8.max).map { [0x61, $0, 0x62] }
    let texts = bytes + (0..<1_000).flatMap { _ in [random.line(), random.bytes()] }
    for given in texts {
      var text = given
      cleaner.clean(&text, scratch: &scratch)
      #expect(text.count <= 8 * given.count + 8, "after \(given)")
    }
  }

  @Test func `white space collapses as scalar by scalar`() {
    let cleaner = Cleaner { $0.collapsesWhitespace = true }
    var random = RandomText(seed: 1)
    for _ in 0..<5_000 {
      let text = String(decoding: random.line(), as: UTF8.self)
      let words = text.unicodeScalars.split { $0.properties.isWhitespace }.map { String($0) }
      let expected = words.joined(separator: " ")
      #expect(cleaner.clean(text).utf8.elementsEqual(expected.utf8), "of \(Array(text.utf8))")
    }
  }

  @Test func `lower case is that of each scalar, however long the text is`() {
    let cleaner = Cleaner { $0.lowercases = true }
    let pieces = [
      "a", "Z", "Hello ", "é", "ÀÉ", "×Þß÷", "ЀЏАЯая", "ѐџѠѡ", "ҊԱ", "ÄŁŐ", "İ", "ΑΩ", "ẞ", "’—…“",
      "K", "Ⅷ", "日本語", "かな", "한글", "Ａ", "🙂", "𐐀", "Ⓐ", "\u{A640}",
    ]
    var random = RandomText(seed: 5)
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        pieces[Int.random(in: 0..<(Bool.random(using: &random) ? 3 : pieces.count), using: &random)]
      }.joined()
      let expected = text.unicodeScalars.map(\.properties.lowercaseMapping).joined()
      #expect(cleaner.clean(text).utf8.elementsEqual(expected.utf8), "of \(text)")
    }
    let around = String(repeating: "Ab", count: 30)
    for value in UInt32(0x80)...0x2_0000 where value != 0x3A3 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let expected = around.lowercased() + scalar.properties.lowercaseMapping + around.lowercased()
      let found = cleaner.clean(around + String(Character(scalar)) + around)
      #expect(found.utf8.elementsEqual(expected.utf8), "of \(scalar)")
    }
  }

  /// What short texts become, whose scalars are looked at one by one.
  @Test func `lower case of long texts that are no UTF-8 is that of their parts`() {
    let cleaner = Cleaner { $0.lowercases = true }
    let alphabet: [UInt8] = [
      0x41, 0x7A, 0x80, 0x8F, 0x90, 0xAF, 0xBF, 0xC2, 0xC3, 0xC3, 0xD0, 0xD0, 0xD1, 0xE2, 0xE5,
      0xF0,
    ]
    var random = RandomText(seed: 6)
    var scratch: [UInt8] = []
    for _ in 0..<20_000 {
      var (whole, expected): ([UInt8], [UInt8]) = ([], [])
      for _ in 0..<Int.random(in: 1...9, using: &random) {
        var part = (0..<Int.random(in: 0...9, using: &random)).map { _ in
          alphabet[Int.random(in: alphabet.indices, using: &random)]
        }
        part += Array("Ab Cd".utf8)
        whole += part
        cleaner.clean(&part, scratch: &scratch)
        expected += part
      }
      let given = whole
      cleaner.clean(&whole, scratch: &scratch)
      #expect(whole == expected, "of \(given)")
    }
  }

  @Test func `characters are composed as Foundation composes them, whatever stands before`() {
    let cleaner = Cleaner { $0.normalization = .nfc }
    for value in UInt32(0x80)...0x1_FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = "e\(scalar)\u{AC00}\(scalar)う\(scalar)\u{915}\(scalar)x"
      let expected = text.precomposedStringWithCanonicalMapping
      #expect(cleaner.clean(text).utf8.elementsEqual(expected.utf8), "of \(scalar)")
    }
  }

  @Test func `addresses are found as by looking at every byte`() {
    let pieces = [
      "http", "https", "HTTPS", "ftp", "www", "w", "s", "f", ":", "/", "://", ".", "www.", " ", "é",
      "a", "(", ")", "。", "\u{FE0F}",
    ]
    var random = RandomText(seed: 2)
    let rule = URLRemoval()
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0...14, using: &random)).flatMap { _ in
        Array(pieces[Int.random(in: pieces.indices, using: &random)].utf8)
      }
      var (expected, index): ([UInt8], Int) = ([], 0)
      while index < text.count {
        let end = rule.endOfAddress(text, from: index)
        expected.append(end == nil ? text[index] : UInt8(ascii: " "))
        index = end ?? index + 1
      }
      var clean: [UInt8] = []
      rule.apply(text, into: &clean)
      #expect(clean == expected, "of \(String(decoding: text, as: UTF8.self))")
    }
  }
}
