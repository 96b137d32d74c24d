import Diagnostics
import Text

/// Translations beside their references, sentence by sentence.
package struct Translations: Sendable {
  let hypotheses: [String]
  /// `references[r][i]` is the r-th reference of sentence i.
  let references: [[String]]
  /// The same as tokens between spaces, with the first reference.
  var hypothesisTokens: [String]
  var referenceTokens: [String]
  let origins: [Origin]
  /// The table the hypotheses come from, as errors name it.
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

  /// How many sentences hold what looks like pieces of words, and the first of them.
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

extension Translations {
  /// The columns of `rows`, without those of the scores.
  var columnNames: [String] { ["hypothesis"] + referenceNames }

  /// A row for each sentence: what was compared, then its scores.
  func rows(_ scores: (_ sentence: Int) -> [Double]) -> RowBatch {
    let names = columnNames
    var rows = RowBatch(columnCount: names.count + scores(0).count)
    for index in hypotheses.indices {
      let texts = [hypotheses[index]] + references.map { $0[index] }
      rows.append(texts + scores(index).map { Spelling.rounded($0, places: 6) }, origins[index])
    }
    return rows
  }
}
