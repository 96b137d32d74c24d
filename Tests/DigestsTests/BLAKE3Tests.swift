import Digests
import Fixtures
import Foundation
import Testing

struct BLAKE3Tests {
  private struct Vectors: Decodable {
    struct Case: Decodable {
      let input_len: Int
      let hash: String
    }
    let cases: [Case]
  }

  @Test func `every official vector is met, extended output included`() throws {
    guard let folder = Folders.conformance?.appending(path: "blake3") else {
      return Folders.sayNotRun("BLAKE3 vectors", missing: "MILLRACE_CONFORMANCE")
    }
    var count = 0
    for file in Folders.files(below: folder, ending: ".json") {
      for vector in try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file)).cases {
        let input = patterned(vector.input_len)
        var hash = BLAKE3()
        hash.update(input.span)
        let output = hash.output(byteCount: vector.hash.count / 2)
        #expect(hex(output) == vector.hash, "length \(vector.input_len)")
        #expect(hash.finalize().description == vector.hash.prefix(64))
        count += 1
      }
    }
    print("BLAKE3: \(count) vectors run")
    #expect(count > 0)
  }

  @Test func `the fast hash agrees with the plain one around every border`() {
    let borders = [1, 2, 3, 4, 8, 15, 16, 17, 31, 32, 33, 64, 100].map { $0 * 1024 }
    for border in borders {
      for length in [border - 1, border, border + 1, border + 65] {
        let input = random(length, seed: UInt64(length))
        #expect(BLAKE3.digest(of: input).bytes == PlainBLAKE3.hash(input), "length \(length)")
      }
    }
  }

  @Test func `how the bytes are cut does not change the digest`() {
    var random = SystemRandomNumberGenerator()
    let input = self.random(300_000, seed: 1)
    let expected = BLAKE3.digest(of: input)
    for _ in 0..<20 {
      var hash = BLAKE3()
      var start = 0
      while start < input.count {
        let largest = [10, 1024, 5000, 100_000].randomElement(using: &random) ?? 1
        let end = min(input.count, start + Int.random(in: 0...largest, using: &random))
        hash.update(input.span.extracting(start..<end))
        start = end
      }
      #expect(hash.finalize() == expected)
    }
  }

  @Test(arguments: [(1 << 20) + 1, 3 << 20, (5 << 20) + 777])
  func `mebibytes hashed by themselves come to the digest of all bytes`(length: Int) {
    let input = random(length, seed: 3)
    let size = BLAKE3.MebibyteValue.byteCount
    let count = (length - 1) / size
    var hash = BLAKE3()
    let values = (0..<count).map {
      BLAKE3.value(ofMebibyte: $0, input.span.extracting($0 * size..<($0 + 1) * size))
    }
    for value in values { hash.append(value) }
    hash.update(input.span.extracting((count * size)...))
    #expect(hash.finalize() == BLAKE3.digest(of: input))
  }

  @Test(arguments: [1 << 20, (2 << 20) + 1, (5 << 20) + 1024, (6 << 20) + 777])
  func `the number of cores does not change the digest`(length: Int) {
    let input = random(length, seed: 2)
    let one = BLAKE3.digest(of: input, cores: 1)
    for cores in [2, 3, 8] { #expect(BLAKE3.digest(of: input, cores: cores) == one) }
    var offset = BLAKE3()
    offset.update(input.span.extracting(..<1500), cores: 2)
    offset.update(input.span.extracting(1500...), cores: 2)
    #expect(offset.finalize() == one)
  }

  @Test func `a digest reads back from its text and sorts as its text does`() throws {
    let digests = (0..<50).map { BLAKE3.digest(of: "\($0)") }
    for digest in digests {
      #expect(Digest(hex: digest.description) == digest)
      #expect(hex(digest.bytes) == digest.description)
      #expect(digest.short == digest.description.prefix(12))
    }
    #expect(digests.sorted().map(\.description) == digests.map(\.description).sorted())
    let text = digests[0].description
    for wrong in ["", "ab", text.dropLast() + "g", text + "0", text.uppercased()] {
      #expect(Digest(hex: wrong) == nil)
    }
  }

  private func patterned(_ length: Int) -> [UInt8] { (0..<length).map { UInt8($0 % 251) } }

  private func random(_ length: Int, seed: UInt64) -> [UInt8] {
    var state = seed
    return (0..<length).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
  }

  @Test func `of all bytes only lower-case hexadecimal digits make a digest`() {
    let digits = Array("0123456789abcdef".utf8)
    let text = Array(BLAKE3.digest(of: "text").description.utf8)
    for byte in UInt8.min...UInt8.max {
      for place in [0, 17, 63] {
        var changed = text
        changed[place] = byte
        #expect((Digest(hexDigits: changed.span) != nil) == digits.contains(byte))
      }
    }
  }

  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String(format: "%02x", $0) }.joined()
  }
}
