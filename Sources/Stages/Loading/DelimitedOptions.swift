import Diagnostics
import Pipelines
import Text

extension Dialect {
  /// Declares how a delimited file is written.
  ///
  /// - Parameter isTSV: whether tabs stand between the fields, and quotes are text, unless said.
  init(from options: inout StageOptions, isTSV: Bool) {
    self = isTSV ? .tsv : .csv
    delimiter =
      options.byte(
        "delimiter", default: isTSV ? "\t" : ",", unset: "a comma, or a tab for tsv",
        "the character between fields; the line sep=; of Excel wins over it") ?? delimiter
    let isQuoted = options.flag(
      "quoting", default: !isTSV, shown: "true for csv, false for tsv",
      "whether fields may stand in double quotes; else quotes are text")
    quote = isQuoted ? UInt8(ascii: "\"") : nil
    if delimiter == quote || [UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains(delimiter) {
      options.reject("delimiter", .endsMoreThanFields)
    }
    let quoted = OptionCondition(
      isQuoted, obstacle: "quoting = false", remedy: "set quoting = true")
    strayQuotes = options.under(quoted) {
      $0.choice(
        "stray-quotes", default: Dialect.StrayQuotes.refuse,
        "what to do with a quote inside an unquoted field")
    }
    escape = options.byte(
      "escape", default: nil, unset: "none", "the character that escapes the next one")
    comment = options.byte(
      "comment", default: nil, unset: "none", "lines that start with this character are left out")
    skippedLines = options.integer(
      "skip-lines", default: 0, in: 0...1_000_000, "lines to leave out at the top")
    hasHeader = options.flag(
      "header", default: true, "whether the first row names the columns")
    trims = options.flag(
      "trim", default: false, "whether blanks around fields are dropped")
    nullWords = Set(
      options.texts("null-words", default: [], "unquoted fields that mean empty, such as NULL"))
  }
}

extension Diagnostic.Message {
  fileprivate static let endsMoreThanFields = Self(
    "delimiter must not be a line end, nor the quote around fields",
    remedy: "give the character between fields, such as \",\", \";\" or \"\\t\"")
}
