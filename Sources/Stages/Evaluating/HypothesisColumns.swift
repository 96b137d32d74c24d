import Chains
import Diagnostics
import Pipelines
import Text

/// The columns of a table that hold translations, their references, and their tokens.
struct HypothesisColumns: Sendable {
  /// The source of the tokens of bleu4-tokenized.
  private enum Tokens: String, CaseIterable {
    case given
    case english = "en"
    case german = "de"
    case french = "fr"

    var language: MosesLanguage? { MosesLanguage(rawValue: rawValue) }
  }

  private let hypothesis: String
  private let references: [String]
  private let referenceTable: StageInput?
  private let tokens: Tokens
  /// The column of tokens; nil for the one that ends in `-tokens` if there is one, else the text.
  private let hypothesisTokens: String?
  private let referenceTokens: String?
  private let rank: String

  init(from options: inout StageOptions) {
    hypothesis = options.text(
      "hypothesis", default: "hypothesis", "for translations: the column to score")
    references = options.texts(
      "reference", default: ["reference"],
      "the column of references; several are as many references of each sentence")
    referenceTable = options.optionalInput(
      "references", .table, unset: "from", "the table of the references, if it is another one")
    tokens = options.choice(
      "tokens", default: .given,
      "for bleu4-tokenized: take tokens as they are, or cut by Moses's rules of a language")
    hypothesisTokens = options.optionalText(
      "hypothesis-tokens", unset: "hypothesis-tokens, else as hypothesis",
      "for given tokens: their column")
    referenceTokens = options.optionalText(
      "reference-tokens", unset: "reference-tokens, else as reference, the first",
      "for given tokens: their column")
    rank = options.text(
      "rank", default: "rank",
      "the column that ranks several hypotheses of a sentence, if there is one: 1 is scored")
    if references.isEmpty { options.reject("reference", .noReference) }
  }

  /// The name of the tokenization in the signature of bleu4-tokenized.
  var tokenization: String { tokens == .given ? "given" : "moses-\(tokens.rawValue)" }

  /// Reads all columns; nil when asked to stop.
  ///
  /// - Throws: when a column is missing, or the two tables have not as many rows.
  func read(_ from: StageInput, in work: StageWork) throws(Diagnostic) -> Translations? {
    let other = referenceTable ?? from
    guard let own = try texts([hypothesis], hypothesisTokens, of: from, in: work),
      let given = try texts(references, referenceTokens, of: other, in: work)
    else { return nil }
    guard own.count == given.count else {
      throw Diagnostic(.unequalRows("\(from.source)", own.count, "\(other.source)", given.count))
    }
    guard own.count > 0 else { throw Diagnostic(.nothingToScore("\(from.source)")) }
    var translations = Translations(
      hypotheses: own.texts[0], references: Array(given.texts[..<references.count]),
      hypothesisTokens: own.texts[1], referenceTokens: given.texts[references.count],
      origins: own.origins, table: "\(from.source)", referenceNames: references)
    if let language = tokens.language {
      let moses = try MosesTokenizer(MosesTokenizer.Options(language))
      translations.hypothesisTokens = translations.hypotheses.map(moses.tokens)
      translations.referenceTokens = translations.references[0].map(moses.tokens)
    }
    return translations
  }

  /// Some columns and, last, the tokens of the first; of several ranked rows only the best.
  private func texts(
    _ names: [String], _ tokens: String?, of table: StageInput, in work: StageWork
  ) throws(Diagnostic) -> ColumnTexts? {
    let columns = try work.table(table).columns
    let tokens = tokens ?? ["\(names[0])-tokens"].first(where: columns.contains) ?? names[0]
    let isRanked = columns.contains(rank)
    let texts = try ColumnTexts(table, names + [tokens] + (isRanked ? [rank] : []), in: work)
    guard isRanked, let texts else { return texts }
    let ranks = texts.texts[names.count + 1]
    return texts.rows { ranks[$0] == "1" }
  }
}

extension MosesTokenizer {
  fileprivate func tokens(of text: String) -> String {
    var output: [UInt8] = []
    tokenize(Array(text.utf8).span, into: &output)
    return String(decoding: output, as: UTF8.self)
  }
}

extension Diagnostic.Message {
  fileprivate static let noReference = Self(
    "there is nothing to compare with", remedy: "name one column of references at least")

  fileprivate static func unequalRows(
    _ table: String, _ count: Int, _ other: String, _ otherCount: Int
  ) -> Self {
    Self(
      "'\(table)' has \(Spelling.count(count)) rows, but '\(other)' has \(Spelling.count(otherCount))",
      remedy: "row n of both must belong together: score all rows that were translated, no others")
  }

  fileprivate static func nothingToScore(_ table: String) -> Self {
    Self("'\(table)' has no rows to score")
  }
}
