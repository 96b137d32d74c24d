import Diagnostics
import Text

/// A vocabulary that a person can read, and what it makes of a line.
enum SmallEncoder {
  static let words = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "un", "##aff", "##able", "##a", "hello", "Hello",
    "world", ",", "!", "naive", "naïve", "中", "国", "##国", "a", "##b", "i", "##̇",
    "##s", "×", "[", "]", "mask", "#", "<pad>", "b", "c", "d", "e",
  ]

  static func entries(_ words: [String] = words) throws(Diagnostic) -> PieceEntries {
    try PieceEntries(lines: Array((words.joined(separator: "\n") + "\n").utf8)[...], file: "v")
  }

  static func pieces(
    _ line: String, _ rules: WordPieceRules = WordPieceRules(), tokenLimit: Int? = nil
  ) throws(Diagnostic) -> String {
    var tokenizer = WordPieceTokenizer(try entries(), rules, tokenLimit: tokenLimit)
    var output: [UInt8] = []
    tokenizer.tokenize(Array(line.utf8).span, into: &output)
    return Corpus.text(output)
  }
}
