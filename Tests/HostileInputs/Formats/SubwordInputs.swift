import Diagnostics
import Text

extension HostileFormat {
  private static let sample = Array("the x@@ été low <pad> </s> Hello naïve 中国 [MASK]".utf8)

  /// Tokens with counts: vocabularies, fairseq's `dict.txt`, `get-vocab`'s output.
  static let vocabulary = HostileFormat(
    "vocabulary",
    words: [
      "<pad>\t0\n", "<unk>\t0\n", "<s>", "</s>", "[PAD]\t0\n", "[UNK]\t0\n", "\\<unk>", "\t", " ",
      "\n", "\r\n", "999999999999999999", "9999999999999999999", "-1", "+1", "madeupword0000 0\n",
    ]
  ) { bytes throws(Violation) in
    let artifact = try? Vocabulary(lines: bytes.span, file: "f")
    if let vocabulary = artifact {
      let again = try rereading("a vocabulary") { () throws(Diagnostic) in
        try Vocabulary(lines: vocabulary.lines.span, file: "f")
      }
      try require(again.lines == vocabulary.lines, "its lines differ")
      var ids: [Int32] = []
      vocabulary.ids(of: sample.span, into: &ids)
      try require(ids.allSatisfy { (0..<vocabulary.count).contains(Int($0)) }, "ids \(ids)")
    }
    let dictionary = try? Vocabulary(fairseqDictionary: bytes.span, file: "f")
    if let vocabulary = dictionary {
      let text = vocabulary.fairseqDictionary(multiple: 1)
      let again = try rereading("a dictionary") { () throws(Diagnostic) in
        try Vocabulary(fairseqDictionary: text.span, file: "f")
      }
      try require(again.lines == vocabulary.lines, "its lines differ")
      _ = vocabulary.fairseqDictionary()
    }
    if let counter = try? VocabularyCounter(lines: bytes.span, file: "f") {
      _ = (counter.total, counter.tokens(countedAtLeast: 2))
      _ = Vocabulary(counter)
    }
    return artifact != nil || dictionary != nil
  }

  /// Merges of subword-nmt, fastBPE and Hugging Face's tokenizers.
  static let merges = HostileFormat(
    "merges",
    words: [
      "#version: 0.2\n", "#version: 0.1\n", "#version:", " ", "\n", "\r\n", "</w>", "é", " 12\n",
      "t h\n", "a a\n", "aa aa\n",
    ]
  ) { bytes throws(Violation) in
    let readings = [
      try? Merges(codes: bytes.span, file: "f"),
      try? Merges(fastBPECodes: bytes.span, file: "f"),
      try? Merges(huggingFaceLines: bytes.span, file: "f"),
    ]
    for merges in readings.compactMap(\.self) {
      let codes = merges.codes
      let again = try rereading("codes") { () throws(Diagnostic) in
        try Merges(codes: codes.span, file: "f")
      }
      try require(again == merges, "\(merges) and \(again)")
      guard let encoder = try? BPEEncoder(merges) else { continue }
      var output: [UInt8] = []
      encoder.encode(sample.span, into: &output)
    }
    return readings.contains { $0 != nil }
  }

  /// An encoder's `vocab.txt`.
  static let wordPieces = HostileFormat(
    "word-pieces",
    words: [
      "[PAD]\n", "[UNK]\n", "[CLS]\n", "[SEP]\n", "[MASK]\n", "##", "##s\n", "\n", "\r\n", "é",
    ]
  ) { bytes throws(Violation) in
    let entries: PieceEntries
    do throws(Diagnostic) { entries = try PieceEntries(lines: bytes[...], file: "f") } catch {
      try require(error.place?.file == "f", "no place: \(error)")
      return false
    }
    let vocabulary = Vocabulary(entries)
    let again = try rereading("a vocabulary") { () throws(Diagnostic) in
      try Vocabulary(lines: vocabulary.lines.span, file: "f")
    }
    try require(again.lines == vocabulary.lines, "its lines differ")
    var tokenizer = WordPieceTokenizer(entries)
    var output: [UInt8] = []
    tokenizer.tokenize(sample.span, into: &output)
    let words = Set((0..<entries.count).map { Array(entries[$0]) } + PieceEntries.specials)
    for piece in output.split(separator: UInt8(ascii: " ")) {
      try require(
        words.contains(Array(piece)), "no entry '\(String(decoding: piece, as: UTF8.self))'")
    }
    return true
  }
}
