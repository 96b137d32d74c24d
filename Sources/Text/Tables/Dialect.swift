/// The notation of a delimited file: that of RFC 4180 by default, with what other programs do.
package struct Dialect: Hashable, Sendable {
  /// What a quote inside an unquoted field means.
  package enum StrayQuotes: String, CaseIterable, Sendable {
    /// An error: RFC 4180 has no such thing.
    case refuse
    /// It is text. Blanks between a closing quote and the delimiter are dropped.
    case keep
  }

  /// The byte between fields.
  package var delimiter = UInt8(ascii: ",")
  /// The byte around fields that hold delimiters or line ends, doubled inside; nil for none.
  package var quote: UInt8? = UInt8(ascii: "\"")
  package var strayQuotes = StrayQuotes.refuse
  /// The byte that escapes the next one; nil for none.
  ///
  /// Before `n t r b f v` it means the control character; before another letter or digit it is kept;
  /// before anything else it is removed.
  package var escape: UInt8?
  /// Lines that start with this byte are left out; nil for none.
  package var comment: UInt8?
  /// How many lines to leave out at the top, before the header.
  package var skippedLines = 0
  /// Whether the first record names the columns.
  package var hasHeader = true
  /// Whether blanks and tabs around a field, outside its quotes, are dropped.
  package var trims = false
  /// Unquoted fields that are read as empty, such as `NULL` or `\N`.
  package var nullWords: Set<String> = []
  /// The longest record in bytes; checked once a chunk.
  ///
  /// A record may also not have more fields than an eighth of this, since each needs eight bytes.
  package var maximumRecordBytes = RowLimit.bytes

  package init() {}

  /// Comma-separated as RFC 4180 has it.
  package static let csv = Dialect()

  /// Tab-separated without quoting: quotes are text.
  package static let tsv: Dialect = {
    var dialect = Dialect()
    dialect.delimiter = UInt8(ascii: "\t")
    dialect.quote = nil
    return dialect
  }()
}
