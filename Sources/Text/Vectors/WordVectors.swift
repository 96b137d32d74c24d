import Diagnostics
import Files

/// Vectors that another program learnt, of those words that are wanted.
///
/// Files are text with a word and its numbers on each line, as GloVe writes them, or with the numbers
/// of words and of columns on a line before, as word2vec and fastText (`.vec`) do; or word2vec's
/// binary form. Gzip is undone. Memory is taken for the vectors of wanted words only.
package struct WordVectors: Sendable {
  /// How many numbers a vector has.
  package let width: Int
  /// How many vectors the file holds.
  package private(set) var fileCount = 0
  /// Where the vector of a word lies, by the word's number.
  private var places: [Int: Int] = [:]
  private var values: [Float] = []

  /// Reads a file that a person named.
  ///
  /// - Parameters:
  ///   - number: the number of a word that is wanted; nil for others. Of a word that stands in the
  ///     file twice, the first vector counts.
  ///   - shouldStop: asked every now and then.
  /// - Returns: nil when it was stopped.
  /// - Throws: when it is no file of word vectors, is cut short, or has a malformed line.
  package init?(
    reading path: String, numbering number: (Span<UInt8>) -> Int?, unless shouldStop: () -> Bool
  ) throws(Diagnostic) {
    var reader = try WordVectorReader(InputFile(path), file: path)
    width = reader.width
    while try reader.next() {
      if fileCount & 0xFFF == 0, shouldStop() { return nil }
      fileCount += 1
      guard let number = reader.withWord(number), places[number] == nil else { continue }
      places[number] = places.count
      try reader.appendVector(to: &values)
    }
  }

  /// How many numbers each vector of a file has; only its beginning is read.
  package static func width(of path: String) throws(Diagnostic) -> Int {
    try WordVectorReader(InputFile(path), file: path).width
  }

  /// How many of the wanted words have a vector.
  package var count: Int { places.count }

  /// The vector of a word by the word's number; nil when the file has none.
  package subscript(number: Int) -> ArraySlice<Float>? {
    places[number].map { values[$0 * width..<($0 + 1) * width] }
  }

  /// The numbers from −bound to bound, all as likely, have the variance of the vectors' numbers.
  ///
  /// Words without a vector start with such numbers (Kim 2014).
  package var uniformBound: Float {
    guard !values.isEmpty else { return 0 }
    let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
    let squares = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    return Float((3 * squares / Double(values.count)).squareRoot())
  }
}
