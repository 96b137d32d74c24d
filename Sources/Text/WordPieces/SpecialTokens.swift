/// Tokens that are taken out of a text as they stand, before anything is done to it.
struct SpecialTokens: Sendable {
  /// The longest first.
  private let tokens: [[UInt8]]
  /// Whether a token begins with the byte.
  private var isFirst = [Bool](repeating: false, count: 256)

  init(_ tokens: [[UInt8]]) {
    self.tokens = tokens.filter { !$0.isEmpty }.sorted { $0.count > $1.count }
    for token in self.tokens { isFirst[Int(token[0])] = true }
  }

  /// The first token in a text from `start` on; of those that begin at one place, the longest.
  func first(in text: Span<UInt8>, from start: Int) -> Range<Int>? {
    for place in start..<text.count where isFirst[Int(text[place])] {
      for token in tokens where place + token.count <= text.count {
        if token.indices.allSatisfy({ text[place + $0] == token[$0] }) {
          return place..<place + token.count
        }
      }
    }
    return nil
  }
}
