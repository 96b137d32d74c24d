import Chains
import Diagnostics
import Pipelines
import Text

/// The options that decide which rows clean leaves out.
struct CleanFilters: Sendable {
  private let dropsEmpty: Bool
  private let minimumWords: Int?
  private let maximumWords: Int?
  private let duplicates: [String]
  private let pairRatio: Double?
  private let pairMaximum: Int
  private let pairMinimum: Int

  init(from options: inout StageOptions) {
    dropsEmpty = options.flag("drop-empty", default: true, "leave out rows without text")
    minimumWords = options.optionalInteger(
      "minimum-words", in: 1...1_000_000, unset: "none", "leave out rows with fewer words")
    maximumWords = options.optionalInteger(
      "maximum-words", in: 1...1_000_000, unset: "none", "leave out rows with more words")
    duplicates = options.texts(
      "drop-duplicates", default: [], "columns in which two rows must differ; the first stays")
    let ratio = options.number(
      "pair-ratio", default: 0, in: .atLeast(0),
      "leave out pairs of source and target as Moses's clean-corpus-n does, which also takes every |"
        + " and needless white space out of them: one has this many times the words of the other, or"
        + " a word has over 1,000 characters; 0 for none")
    pairRatio = ratio > 0 ? ratio : nil
    let compares = OptionCondition(
      ratio > 0, obstacle: "pair-ratio = 0", remedy: "set pair-ratio above 0")
    (pairMinimum, pairMaximum) = options.under(compares) { options in
      (
        options.integer(
          "pair-minimum", default: 1, in: 1...1_000_000, "with pair-ratio: fewest words of each"),
        options.integer(
          "pair-maximum", default: 80, in: 1...1_000_000, "with pair-ratio: most words of each")
      )
    }
  }

  /// The filter for a table.
  ///
  /// - Parameter text: the positions of the columns that are cleaned.
  func options(
    for columns: [String], text: [Int], of table: String
  ) throws(Diagnostic) -> RowFilter.Options {
    var options = RowFilter.Options()
    options.columns = text
    options.dropsEmpty = dropsEmpty
    options.minimumWords = minimumWords
    options.maximumWords = maximumWords
    options.duplicateColumns = try columns.positions(of: duplicates, in: table)
    if let pairRatio {
      var limits = PairLimits(
        try columns.position(of: "source", in: table),
        try columns.position(of: "target", in: table))
      limits.ratio = pairRatio
      limits.minimumWords = pairMinimum
      limits.maximumWords = pairMaximum
      options.pair = limits
    }
    return options
  }
}
