import Diagnostics
import Text

/// Translations beside their references, sentence by sentence.
package struct Translations: Sendable {
  let hypotheses: [String]
  /// `references[r][i]` is the r-th reference of sentence i.
  let references: [[String]]
  /// The tokens of each hypothesis, separated by spaces.
  var hypothesisTokens: [String]
  var referenceTokens: [String]
  let origins: [Origin]
  /// The name that errors give the table of the hypotheses.
  let table: String
  /// The columns the references come from.
  let referenceNames: [String]

  var count: Int { hypotheses.count }

  /// How many words of the references are `<unk>`.
  var unknownWordCount: Int {
    references.reduce(0) { count, texts in
      texts.reduce(count) { $0 + $1.split(separator: " ").count { $0 == "<unk>" } }
    }
  }

  /// How many sentences seem to contain pieces of words, and the first of them.
  var pieces: (count: Int, first: String)? {
    var found: [Int: String] = [:]
    for texts in [hypotheses, hypothesisTokens, referenceTokens] + references {
      for (row, text) in texts.enumerated() where Self.hasPieces(text) { found[row] = text }
    }
    return found.min { $0.key < $1.key }.map { (found.count, $0.value) }
  }

  private static func hasPieces(_ text: String) -> Bool {
    text.hasSuffix("@@") || text.contains("@@ ")
  }
}
