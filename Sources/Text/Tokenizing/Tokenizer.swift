/// One way of cutting a line into tokens, which come out with single spaces between them.
package enum Tokenizer: Sendable {
  case moses(MosesTokenizer)
  case words(keepingEmoji: Bool)
  case whitespace
  case characters

  /// Appends the tokens of a line.
  package func tokenize(_ line: Span<UInt8>, into output: inout [UInt8]) {
    switch self {
    case .moses(let moses): moses.tokenize(line, into: &output)
    case .words(let keepsEmoji):
      WordTokenizer.tokenize(line, keepingEmoji: keepsEmoji, into: &output)
    case .whitespace: WhitespaceTokenizer.tokenize(line, into: &output)
    case .characters: CharacterTokenizer.tokenize(line, into: &output)
    }
  }

  /// Appends the text of a line of tokens.
  ///
  /// Lines tokenized by words or white space stay as they are, since their spacing is not known.
  package func detokenize(_ line: Span<UInt8>, into output: inout [UInt8]) {
    switch self {
    case .moses(let moses): moses.detokenizer.detokenize(line, into: &output)
    case .words, .whitespace: for index in line.indices { output.append(line[index]) }
    case .characters: CharacterTokenizer.detokenize(line, into: &output)
    }
  }
}
