import Diagnostics
import HostileInputs
import Testing
import Text

struct DecoderTests {
  @Test(
    arguments: [
      [0xEF, 0xBB, 0xBF] + Array("a\n1\n".utf8), [0xFF, 0xFE, 0x61, 0, 0x0A, 0, 0x31, 0, 0x0A, 0],
    ] as [[UInt8]])
  func `a mark that a pipe gives byte by byte is recognised`(_ bytes: [UInt8]) throws {
    #expect(try Rows(bytes, step: 1) == Rows(bytes))
    #expect(try Rows(bytes, step: 1).columns == ["a"])
  }

  private let text = "a\u{E9}\u{20AC}\u{1F600}z\n"

  @Test(arguments: [1, 2, 3, 5, 100])
  func `every encoding of a text becomes the same UTF-8`(step: Int) throws {
    let utf16 = Array(text.utf16)
    let little = utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    #expect(try decoded(Array(text.utf8), step: step) == text)
    #expect(try decoded([0xEF, 0xBB, 0xBF] + text.utf8, step: .max) == text)
    #expect(try decoded(little, encoding: .utf16LittleEndian, step: step) == text)
    #expect(try decoded(big, encoding: .utf16BigEndian, step: step) == text)
    #expect(try decoded([0xFF, 0xFE] + little, step: .max) == text)
    #expect(try decoded([0xFE, 0xFF] + big, encoding: .latin1, step: .max) == text)
    #expect(try decoded([0x80, 0xE9, 0x85], encoding: .windows1252, step: step) == "€é…")
    #expect(try decoded([0xE9, 0x85], encoding: .latin1, step: step) == "é\u{85}")
  }

  @Test(arguments: [
    ([0x61, 0x0A, 0xC3, 0x28], 2, 2), ([0x61, 0xE2, 0x82], 1, 1), ([0xC0, 0x80], 1, 0),
    ([0x61, 0xED, 0xA0, 0x80], 1, 1), ([0xF4, 0x90, 0x80, 0x80], 1, 0), ([0x0A, 0x00], 2, 1),
    (Array(repeating: 0x61, count: 70) + [0x0A, 0xFF], 2, 71),
  ])
  func `a wrong byte is refused with its line and offset`(bytes: [UInt8], line: Int, offset: Int) {
    for step in [1, 2, 3, 100] {
      let error = #expect(throws: Diagnostic.self) { try decoded(bytes, step: step) }
      #expect(error?.place == Place(file: "in.txt", line: line))
      #expect(error?.message.problem.hasSuffix("at byte offset \(offset)") == true)
    }
  }

  @Test func `wrong UTF-8 is replaced as Swift's own decoding does`() throws {
    var random = SystemRandomNumberGenerator()
    let alphabet: [UInt8] = [0x41, 0x80, 0xA0, 0xBF, 0xC3, 0xE0, 0xE2, 0xED, 0xF0, 0xF4, 0xFF]
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...9, using: &random)).map { _ in
        alphabet.randomElement(using: &random) ?? 0
      }
      let step = Int.random(in: 1...4, using: &random)
      let expected = String(decoding: bytes, as: UTF8.self)
      #expect(try decoded(bytes, invalid: .replace, step: step) == expected, "\(bytes) by \(step)")
    }
  }

  /// Characters whole, cut short and wrong, between runs of letters.
  @Test func `of long texts, what is right is found as Swift's own decoding finds it`() throws {
    var random = RandomText(seed: 4)
    let whole = ["a", "é", "ß", "€", "’", "\u{FFFD}", "\u{D7FF}", "😀", "\u{10FFFF}", "\u{800}"]
      .map { Array($0.utf8) }
    let wrong: [[UInt8]] = [
      [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0x80], [0xC0, 0x80], [0xE0, 0x80, 0x80],
      [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5], [0xF0, 0x80, 0x80, 0x80], [0xC1, 0xBF],
    ]
    for round in 0..<4_000 {
      var bytes: [UInt8] = []
      while bytes.count < 120 {
        bytes += [UInt8](repeating: 0x61, count: Int.random(in: 0...40, using: &random))
        for _ in 0..<Int.random(in: 0...20, using: &random) {
          bytes += whole.randomElement(using: &random) ?? []
        }
        if round % 2 == 0 { bytes += wrong.randomElement(using: &random) ?? [] }
      }
      let step = [1, 2, 3, 16, 50, .max].randomElement(using: &random) ?? 1
      let expected = String(decoding: bytes, as: UTF8.self)
      #expect(try decoded(bytes, invalid: .replace, step: step, by: 200) == expected, "\(bytes)")
      let isRight = Array(expected.utf8) == bytes
      for isAppending in [false, true] {
        let found = try? decoded(bytes, step: step, by: 200, appending: isAppending)
        #expect(found == (isRight ? expected : nil), "\(bytes) by \(step)")
      }
    }
  }

  @Test func `bytes that an encoding lacks and half characters are refused or replaced`() throws {
    #expect(throws: Diagnostic.self) { try decoded([0x81], encoding: .windows1252) }
    #expect(throws: Diagnostic.self) { try decoded([0x41], encoding: .utf16LittleEndian) }
    #expect(throws: Diagnostic.self) {
      try decoded([0x00, 0xD8, 0x41, 0], encoding: .utf16LittleEndian)
    }
    let half: [UInt8] = [0x00, 0xD8, 0x41, 0x00, 0x42]
    #expect(
      try decoded(half, encoding: .utf16LittleEndian, invalid: .replace) == "\u{FFFD}A\u{FFFD}")
  }

  @Test func `replacements are counted`() throws {
    var decoder = Decoder(ByteChunks([0xFF, 0x41, 0x00]), file: "in.txt", invalid: .replace)
    var buffer = [UInt8](repeating: 0, count: 16)
    while try decoder.read(into: &buffer) > 0 {}
    #expect(decoder.replacements == 2)
  }

  /// - Parameters:
  ///   - step: how many bytes the source gives at a time.
  ///   - bufferBytes: how many are asked for.
  ///   - isAppending: whether they are appended to others.
  private func decoded(
    _ bytes: [UInt8], encoding: TextEncoding = .utf8, invalid: InvalidBytes = .refuse,
    step: Int = .max, by bufferBytes: Int = 16, appending isAppending: Bool = false
  ) throws(Diagnostic) -> String {
    var decoder = Decoder(
      ByteChunks(bytes, step: step), file: "in.txt", encoding: encoding, invalid: invalid)
    var text: [UInt8] = []
    if isAppending {
      while try decoder.append(to: &text, atMost: bufferBytes) > 0 {}
    } else {
      var buffer = [UInt8](repeating: 0, count: bufferBytes)
      while case let count = try decoder.read(into: &buffer), count > 0 { text += buffer[..<count] }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
