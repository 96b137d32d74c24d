import Diagnostics
import Files
import Fixtures
import Testing
import Text

struct WordVectorTests {
  private let folder: TemporaryFolder
  private let words = ["the", "cat", "new york", "dog"]

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: [
    ("GloVe", "the 0.5 -1\nother 9 9\ncat 2e-1 3\n"),
    ("word2vec", "3 2\nthe 0.5 -1\nother 9 9\ncat 0.2 3\n"),
    ("fastText, with a blank at the ends of lines", "3 2\nthe 0.5 -1 \nother 9 9 \ncat 0.2 3 \n"),
    ("CR LF, tabs, blank lines, no end", "the\t0.5\t-1\r\n\r\nother 9 9\r\ncat 0.2 3"),
  ])
  func `texts of vectors are read`(_ form: String, _ text: String) throws {
    let vectors = try read(folder.write("v.txt", text))
    #expect(vectors.width == 2 && vectors.fileCount == 3 && vectors.count == 2)
    #expect(vectors[0].map(Array.init) == [0.5, -1])
    #expect(vectors[1].map(Array.init) == [0.2, 3])
    #expect(vectors[2] == nil && vectors[3] == nil)
  }

  @Test func `gzip is undone`() throws {
    let path = try folder.write("v.txt.gz", bytes: Self.packed)
    #expect(try read(path)[0].map(Array.init) == [0.5, -1])
  }

  @Test func `a word may hold blanks, and the first of equal words counts`() throws {
    let vectors = try read(folder.write("v.txt", "the 1 2\nnew york 3 4\nthe 5 6\n"))
    #expect(vectors[2].map(Array.init) == [3, 4])
    #expect(vectors[0].map(Array.init) == [1, 2])
    #expect(vectors.fileCount == 3)
  }

  @Test(arguments: [true, false])
  func `word2vec's binary form is read, with and without line feeds`(_ hasFeeds: Bool) throws {
    let path = try folder.write(
      "v.bin", bytes: binary(["cat": [1.5, -2], "x": [0, 10]], hasFeeds))
    let vectors = try read(path)
    #expect(vectors.width == 2 && vectors.fileCount == 2)
    #expect(vectors[1].map(Array.init) == [1.5, -2])
  }

  @Test func `only the beginning is read for the width`() throws {
    let text = "the 1 2 3\n" + String(repeating: "bad\n", count: 200_000)
    let path = try folder.write("v.txt", text)
    #expect(try WordVectors.width(of: path) == 3)
  }

  @Test func `numbers up to the bound have the variance of the vectors`() throws {
    let vectors = try read(folder.write("v.txt", "the 1 -1\ncat 3 -3\n"))
    // The variance is 5; that of numbers up to b is b² / 3.
    #expect(abs(vectors.uniformBound * vectors.uniformBound / 3 - 5) < 1e-5)
  }

  @Test(arguments: [
    ("", "the file is empty"),
    ("\n", "v:1: error: expected a word and its numbers"),
    ("word\n", "v:1: error: expected a word and its numbers"),
    ("id,text\n1,a b\n", "v:1: error: expected a word and its numbers"),
    ("the quick brown fox\n", "v:1: error: expected a word and its numbers"),
    ("the 1 2\ncat 1\n", "v:2: error: the line has 1 number behind its word, others have 2"),
    ("x 1 2\nthe 1 nan\n", "v:2: error: what follows the word is not all finite numbers"),
    ("x 1 2\nthe 1 2x\n", "v:2: error: what follows the word is not all finite numbers"),
    ("3 2\nthe 1 2\n", "the file says that it holds 3 vectors, but has 1"),
    ("1 2", "the file says that it holds 1 vector, but has 0"),
    ("9000000000000000000 2\nthe 1 2\n", "but has 1"),
  ])
  func `what is no file of vectors is refused with its place`(
    _ text: String, _ problem: String
  ) throws {
    let path = try folder.write("v", text)
    let error = try #require(throws: Diagnostic.self) { try read(path) }
    #expect(error.description.contains(problem), "\(error)")
  }

  @Test func `binary files that are cut, not finite or fastText's own are refused`() throws {
    let whole = binary(["cat": [1, 2], "dog": [3, 4]], true)
    for (bytes, problem) in [
      (Array(whole.dropLast(4)), "holds 2 vectors, but has 1"),
      (binary(["cat": [.nan, 1]], true), "vector 1 holds a number that is not finite"),
      ([0xBA, 0x16, 0x4F, 0x2F, 0x0C, 0, 0, 0], "this is a model of fastText"),
    ] {
      let path = try folder.write("v.bin", bytes: bytes)
      let error = try #require(throws: Diagnostic.self) { try read(path) }
      #expect(error.description.contains(problem), "\(error)")
    }
  }

  @Test func `a line without end is refused before it fills the memory`() throws {
    let path = try folder.write("v.txt", "the 1 2\n" + String(repeating: "x", count: 3 << 20))
    let error = try #require(throws: Diagnostic.self) { try read(path) }
    #expect(error.description.contains("v.txt:2: error: no word and its numbers are as long"))
  }

  @Test func `reading stops when it is asked to`() throws {
    let path = try folder.write("v.txt", "the 1 2\n")
    #expect(try WordVectors(reading: path, numbering: { _ in 0 }, unless: { true }) == nil)
  }

  private func read(_ path: String) throws -> WordVectors {
    try #require(
      try WordVectors(
        reading: path,
        numbering: { word in
          words.firstIndex { Array($0.utf8) == word.indices.map { word[$0] } }
        }, unless: { false }))
  }

  private func binary(_ vectors: KeyValuePairs<String, [Float]>, _ hasFeeds: Bool) -> [UInt8] {
    var bytes = Array("\(vectors.count) 2\n".utf8)
    for (word, numbers) in vectors {
      bytes += Array("\(word) ".utf8)
      for number in numbers {
        bytes += (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
      }
      if hasFeeds { bytes.append(0x0A) }
    }
    return bytes
  }

  /// `the 0.5 -1`, as gzip packs it.
  private static let packed: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x2B, 0xC9, 0x48, 0x55, 0x30,
    0xD0, 0x33, 0x55, 0xD0, 0x35, 0xE4, 0x02, 0x00, 0x67, 0x10, 0xE5, 0x42, 0x0B, 0x00, 0x00,
    0x00,
  ]
}
