/// Which vectors a row is the mean of: those of its words, of its n-grams of words, and of its
/// words' n-grams of characters.
///
/// Words have vectors of their own; n-grams share those of the buckets that they are hashed into,
/// which stand behind the words'.
package struct FastTextInputs: Sendable {
  /// What has vectors besides words.
  package struct Options: Hashable, Sendable {
    package var bucketCount: Int
    /// The tokens of the longest n-grams of words.
    package var longestNGram: Int
    /// The characters of n-grams within words; nil for none.
    package var characters: ClosedRange<Int>?

    package init(bucketCount: Int, longestNGram: Int, characters: ClosedRange<Int>?) {
      self.bucketCount = bucketCount
      self.longestNGram = longestNGram
      self.characters = characters
    }
  }

  package let wordCount: Int
  package let options: Options
  /// N-grams of at least two words.
  private let hashing: NGramHashing?
  /// The numbers of each word's n-grams of characters.
  private let subwords: [[Int32]]

  /// - Parameter words: the bytes of each token by its id.
  package init(words: [[UInt8]], _ options: Options) {
    wordCount = words.count
    self.options = options
    hashing =
      options.longestNGram > 1
      ? NGramHashing(lengths: 2...options.longestNGram, bucketCount: options.bucketCount) : nil
    subwords =
      options.characters.map { lengths in
        words.map { word in
          Self.buckets(of: word, lengths, options.bucketCount).map { Int32(words.count) + $0 }
        }
      } ?? []
  }

  /// Every number is below it.
  package var count: Int { wordCount + options.bucketCount }

  /// The numbers of a row's vectors, as often as they count.
  package func numbers(of row: Span<Int32>) -> [Int32] {
    var numbers: [Int32] = []
    for place in row.indices where row[place] >= 0 && Int(row[place]) < wordCount {
      numbers.append(row[place])
      if !subwords.isEmpty { numbers += subwords[Int(row[place])] }
    }
    hashing?.forEachFeature(of: row) { numbers.append(Int32(wordCount) + $0) }
    return numbers
  }

  /// The n-grams of the characters of `<word>`, but for the marks alone, by their FNV-1a hashes.
  private static func buckets(
    of word: [UInt8], _ lengths: ClosedRange<Int>, _ bucketCount: Int
  ) -> [Int32] {
    let marked = [UInt8(ascii: "<")] + word + [UInt8(ascii: ">")]
    // Where characters begin, and at last the end.
    let starts = marked.indices.filter { marked[$0] & 0xC0 != 0x80 } + [marked.count]
    var buckets: [Int32] = []
    for first in 0..<starts.count - 1 {
      for length in lengths where first + length < starts.count {
        if length == 1, first == 0 || first + 1 == starts.count - 1 { continue }
        var hash: UInt32 = 2_166_136_261
        for byte in marked[starts[first]..<starts[first + length]] {
          hash = (hash ^ UInt32(byte)) &* 16_777_619
        }
        buckets.append(Int32(hash % UInt32(bucketCount)))
      }
    }
    return buckets
  }
}
