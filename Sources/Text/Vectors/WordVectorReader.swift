import Diagnostics

/// The vectors of a file, one after the other, with nothing in memory but the one at hand.
struct WordVectorReader<Source: ByteSource & ~Copyable>: ~Copyable {
  /// The most bytes of a word; longer ones mean that the file is something else.
  private static var longestWord: Int { 1 << 20 }

  /// So many bytes of the first vector tell whether they are text.
  private static var firstRecordSize: Int { 64 << 10 }

  private let head: WordVectorHead
  private let file: String
  private var bytes: AheadBytes<Source>
  /// How many vectors were handed out.
  private var count = 0
  /// The line of the vector at hand, counted from 1; of text only.
  private var line = 0
  /// The bytes of the vector at hand, from its word on.
  private var recordLength = 0
  /// How many of them are the word.
  private var wordLength = 0

  var width: Int { head.width }

  /// Reads the beginning of a file.
  ///
  /// - Throws: when no word vectors begin like that.
  init(_ source: consuming Source, file: String) throws(Diagnostic) {
    self.file = file
    bytes = AheadBytes(source)
    let line = try bytes.count(before: VectorLine.lineFeed, atMost: Self.longestWord)
    _ = try bytes.read(ahead: (line ?? 0) + Self.firstRecordSize)
    if bytes.ahead.isEmpty { throw Diagnostic(.noVectors, at: Place(file: file)) }
    if bytes.ahead.starts(with: [0xBA, 0x16, 0x4F, 0x2F]) {
      throw Diagnostic(.fastTextModel, at: Place(file: file))
    }
    guard let head = WordVectorHead(bytes.ahead) else {
      throw Diagnostic(.notVectors, at: Place(file: file, line: 1))
    }
    self.head = head
    if head.byteCount > 0 {
      bytes.take(head.byteCount)
      self.line = 1
    }
  }

  /// Moves to the next vector; false at the end.
  ///
  /// - Throws: when the file is cut short, or a line has too few numbers.
  mutating func next() throws(Diagnostic) -> Bool {
    bytes.take(recordLength)
    recordLength = 0
    let isThere = try head.form == .text ? findLine() : findRecord()
    if isThere {
      count += 1
    } else if let promised = head.count, count < promised {
      throw Diagnostic(.cutShort(count, of: promised), at: Place(file: file))
    }
    return isThere
  }

  /// Lends the word of the vector at hand.
  func withWord<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    let word = bytes.ahead.prefix(wordLength)
    return body(word.span)
  }

  /// Appends the numbers of the vector at hand.
  ///
  /// - Throws: when one of them is no number, or not a finite one.
  func appendVector(to values: inout [Float]) throws(Diagnostic) {
    let record = bytes.ahead.prefix(recordLength)
    switch head.form {
    case .text:
      let line = record.prefix { $0 != VectorLine.lineFeed }
      guard let numbers = VectorLine(line).numbers(from: record.startIndex + wordLength) else {
        throw Diagnostic(.noNumber, at: Place(file: file, line: self.line))
      }
      values += numbers
    case .binary:
      for index in 0..<width {
        let start = record.startIndex + wordLength + 1 + 4 * index
        let number = Float(
          bitPattern: (0..<4).reduce(0) { $0 | UInt32(record[start + $1]) << UInt32(8 * $1) })
        guard number.isFinite else {
          throw Diagnostic(.noFiniteNumber(vector: count), at: Place(file: file))
        }
        values.append(number)
      }
    }
  }

  private mutating func findLine() throws(Diagnostic) -> Bool {
    while try bytes.read(ahead: 1) {
      line += 1
      let place = Place(file: file, line: line)
      let limit = Self.longestWord + 64 * head.width
      guard let end = try bytes.count(before: VectorLine.lineFeed, atMost: limit) else {
        throw Diagnostic(.endlessRecord, at: place)
      }
      let length = min(end + 1, bytes.ahead.count)
      let text = VectorLine(bytes.ahead.prefix(end))
      if !text.isBlank {
        guard let wordEnd = text.wordEnd(before: head.width) else {
          throw Diagnostic(.tooFewNumbers(text.fieldCount - 1, of: head.width), at: place)
        }
        (recordLength, wordLength) = (length, wordEnd - bytes.ahead.startIndex)
        return true
      }
      bytes.take(length)
    }
    return false
  }

  private mutating func findRecord() throws(Diagnostic) -> Bool {
    guard count < head.count ?? .max else { return false }
    while try bytes.read(ahead: 1), bytes.ahead.first == VectorLine.lineFeed { bytes.take(1) }
    guard let end = try bytes.count(before: VectorLine.blank, atMost: Self.longestWord) else {
      throw Diagnostic(.endlessRecord, at: Place(file: file))
    }
    let length = end + 1 + 4 * head.width
    guard try bytes.read(ahead: length) else { return false }
    (recordLength, wordLength) = (length, end)
    return true
  }
}

extension Diagnostic.Message {
  private static var forms: String {
    "give vectors of GloVe, word2vec (text or binary) or fastText (.vec), gzipped or not"
  }

  fileprivate static var noVectors: Self { Self("the file is empty", remedy: forms) }

  fileprivate static var notVectors: Self {
    Self(
      "expected a word and its numbers, or how many words and numbers there are", remedy: forms)
  }

  fileprivate static var fastTextModel: Self {
    Self(
      "this is a model of fastText, not its vectors",
      remedy: "give the .vec file that fastText wrote beside it")
  }

  fileprivate static func cutShort(_ count: Int, of promised: Int) -> Self {
    Self(
      "the file says that it holds \(Spelling.count(promised, "vector")), but has"
        + " \(Spelling.count(count))",
      remedy: "copy or download it again")
  }

  fileprivate static func tooFewNumbers(_ count: Int, of width: Int) -> Self {
    Self(
      "the line has \(Spelling.count(count, "number")) behind its word, others have"
        + " \(Spelling.count(width))",
      remedy: "copy or download the file again; every vector needs as many numbers")
  }

  fileprivate static var noNumber: Self {
    Self("what follows the word is not all finite numbers", remedy: "correct or remove the line")
  }

  fileprivate static func noFiniteNumber(vector: Int) -> Self {
    Self(
      "vector \(Spelling.count(vector)) holds a number that is not finite",
      remedy: "remove the word from the file")
  }

  fileprivate static var endlessRecord: Self {
    Self("no word and its numbers are as long as what stands here", remedy: forms)
  }
}
