/// A line of words with `<pad>` at its ends, as `pad` writes it.
///
/// A word of the text that is spelled like padding, with or without backslashes before it, has one
/// more backslash in such a line, so that it is never taken for padding.
package enum PaddedLine {
  private static let padding = Vocabulary.Special.padding.bytes

  /// Appends a line in the spelling that words have in padded lines.
  package static func append(wordsOf line: Span<UInt8>, to output: inout [UInt8]) {
    var copied = 0
    line.forEachWord { start, end in
      guard backslashes(before: line.extracting(start..<end)) != nil else { return }
      for index in copied..<start { output.append(line[index]) }
      output.append(UInt8(ascii: "\\"))
      copied = start
    }
    for index in copied..<line.count { output.append(line[index]) }
  }

  /// Where the word of the text begins in what a padded line has for it; nil for padding.
  static func wordStart(in word: Span<UInt8>) -> Int? {
    switch backslashes(before: word) {
    case nil: 0
    case 0: nil
    default: 1
    }
  }

  private static func backslashes(before word: Span<UInt8>) -> Int? {
    EntrySpelling.backslashes(before: word, of: [padding])
  }
}
