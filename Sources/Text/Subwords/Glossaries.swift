import Diagnostics

/// Regular expressions of what byte-pair encoding takes out of words and leaves whole.
struct Glossaries: Sendable {
  /// First what matches a whole word in one expression, then each glossary, then each as a whole.
  private let expressions: Expressions
  private let count: Int

  /// - Throws: when one is not a regular expression.
  init(_ glossaries: [String]) throws(Diagnostic) {
    // As subword-nmt builds them, so that `a|b` means the same: `^a` or `b$`.
    expressions = try Expressions(
      ["^(?:\(glossaries.joined(separator: "|")))$"] + glossaries + glossaries.map { "^\($0)$" })
    count = glossaries.count
  }

  /// The parts of a word, cut at every match, and which of them are never split.
  func isolate(_ word: [UInt8]) -> [(part: [UInt8], isGlossary: Bool)] {
    guard let text = String(validating: word, as: UTF8.self) else { return [(word, false)] }
    var parts = [text[...]]
    for glossary in 1..<count + 1 {
      parts = parts.flatMap { part in
        expressions.isPrefix(glossary + count, of: part) ? [part] : cut(part, at: glossary)
      }
    }
    return parts.map { (Array($0.utf8), expressions.isPrefix(0, of: $0)) }
  }

  private func cut(_ text: Substring, at glossary: Int) -> [Substring] {
    var parts: [Substring] = []
    var rest = text
    while let match = expressions.firstMatch(of: glossary, in: rest), !match.isEmpty {
      parts.append(rest[..<match.lowerBound])
      parts.append(rest[match])
      rest = rest[match.upperBound...]
    }
    return (parts + [rest]).filter { !$0.isEmpty }
  }
}
