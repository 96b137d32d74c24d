import HostileInputs
import Text

/// A file of the nasty collection: how it is read, and what its suite expects of that.
struct NastyFile: Sendable {
  enum Expectation: Sendable {
    /// The rows, keyed by the header or in file order, of a JSON file.
    case json(String)
    /// The first row, the last row, and how many there are.
    case rows(Int, first: [String] = [], last: [String] = [])
    /// The start of the problem, behind `line: `.
    case refused(Int?, String)
  }

  let path: String
  let expectation: Expectation
  let dialect: Dialect
  var encoding = TextEncoding.utf8
  var columns: [ColumnChoice]?
  var malformedRows = MalformedRows.refuse

  init(
    _ path: String, _ expectation: Expectation, encoding: TextEncoding = .utf8,
    columns: [String]? = nil, malformedRows: MalformedRows = .refuse,
    _ dialect: (inout Dialect) -> Void = { _ in }
  ) {
    self.path = path
    self.expectation = expectation
    self.dialect = Dialect(dialect)
    self.encoding = encoding
    self.columns = columns?.map { ColumnChoice($0, .header($0)) }
    self.malformedRows = malformedRows
  }

  /// Licences, notes, and the expectations that lie beside their files.
  static func isCompanion(_ path: String) -> Bool {
    path.hasSuffix(".json") || path.contains("LICENSE") || path.contains("NOTICE")
      || path.contains("README") || path.hasPrefix("commons-csv/CSVFileParser/test")
  }

  static let all = spectrum + testData + csvkit + papaparse + commons + rust

  private static let spectrum = [
    "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines",
    "newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf", "utf8",
  ].map { NastyFile("csv-spectrum/csvs/\($0).csv", .json("csv-spectrum/json/\($0).json")) }

  private static let testData =
    [
      "all-empty", "empty-field", "empty-one-column", "leading-space", "one-column",
      "quotes-empty", "quotes-with-comma", "quotes-with-escaped-quote", "quotes-with-newline",
      "quotes-with-space", "simple-crlf", "simple-lf", "trailing-newline",
      "trailing-newline-one-field", "trailing-space", "utf8",
    ].map {
      NastyFile("csv-test-data/csv/\($0).csv", .json("csv-test-data/json/\($0).json")) {
        $0.hasHeader = false
      }
    }
    + ["header-no-rows", "header-simple"].map {
      NastyFile("csv-test-data/csv/\($0).csv", .json("csv-test-data/json/\($0).json"))
    }
    + [
      ("bad-header-less-fields", 2, "expected 3 fields, found 2"),
      ("bad-header-more-fields", 2, "expected 3 fields, found 4"),
      ("bad-header-no-header", nil, "the file is empty"),
      ("bad-header-wrong-header", 1, "no column 'foo' in the header"),
      ("bad-missing-quote", 2, "quoted field is never closed"),
      ("bad-quotes-with-unescaped-quote", 2, "text after the closing quote"),
      ("bad-unescaped-quote", 2, "quote inside an unquoted field"),
    ].map {
      NastyFile(
        "csv-test-data/csv/\($0.0).csv", .refused($0.1, $0.2), columns: ["foo", "bar", "baz"])
    }

  private static let csvkit = [
    NastyFile("csvkit/bad.csv", .refused(2, "expected 3 fields, found 4")),
    NastyFile(
      "csvkit/bad.csv", .rows(1, first: ["0", "mixed types.... uh oh", "17"]), malformedRows: .skip),
    NastyFile("csvkit/bad_skip_lines.csv", .refused(5, "expected 3 fields, found 4")) {
      $0.skippedLines = 3
    },
    NastyFile("csvkit/blanks.csv", .rows(1, first: ["", "NA", "N/A", "NONE", "NULL", "."])),
    NastyFile("csvkit/blanks.csv", .rows(1, first: ["", "", "", "", "", ""])) {
      $0.nullWords = ["NA", "N/A", "NONE", "NULL", "."]
    },
    NastyFile("csvkit/dummy.csv", .rows(1, first: ["1", "2", "3"])),
    NastyFile("csvkit/dummy.csv.gz", .rows(1, first: ["1", "2", "3"])),
    NastyFile("csvkit/dummy.tsv", .rows(1, first: ["1", "2", "3"])) { $0 = .tsv },
    NastyFile("csvkit/dummy_col_shuffled_ragged.csv", .rows(1, first: ["2", "3", "1", "4"])),
    NastyFile("csvkit/empty.csv", .refused(nil, "the file is empty")),
    NastyFile(
      "csvkit/mac_newlines.csv",
      .rows(2, first: ["1", "2", "3"], last: ["Once upon\ra time", "5", "6"])),
    NastyFile("csvkit/no_header_row.csv", .rows(1, first: ["1", "2", "3"])) {
      $0.hasHeader = false
    },
    NastyFile("csvkit/null_byte.csv", .refused(2, "NUL byte in text, at byte offset 6")),
    NastyFile("csvkit/optional_quote_characters.csv", .rows(1, first: ["1", "2", "3"])),
    NastyFile(
      "csvkit/realdata/Datagov_FY10_EDU_recp_by_State.csv",
      .rows(55, first: ["ALABAMA", "19,582"]), columns: ["State Name", "TOTAL"]
    ) { $0.skippedLines = 2 },
    NastyFile(
      "csvkit/realdata/FY09_EDU_Recipients_by_State.csv",
      .refused(1, "the header gives column 10 no name")),
    NastyFile(
      "csvkit/realdata/FY09_EDU_Recipients_by_State.csv",
      .rows(53, first: ["ALABAMA", "12,426"]), columns: ["State Name", "TOTAL"]),
    NastyFile(
      "csvkit/realdata/ks_1033_data.csv.gz",
      .rows(1575, first: ["ALLEN", "RIFLE,5.56 MILLIMETER"]), columns: ["county", "item_name"]),
    NastyFile("csvkit/sniff_limit.csv", .rows(1, first: ["1", "2", "3"])) {
      $0.delimiter = UInt8(ascii: ";")
    },
    NastyFile("csvkit/test_empty_columns.csv", .refused(1, "the header gives column 4 no name")),
    NastyFile(
      "csvkit/test_empty_columns.csv", .refused(3, "expected 5 fields, found 4"),
      columns: ["a", "c"]),
    NastyFile(
      "csvkit/test_empty_columns.csv", .rows(2, first: ["a", ""], last: ["", ""]),
      columns: ["a", "c"], malformedRows: .skip),
    NastyFile(
      "csvkit/test_empty_columns_long_row.csv", .refused(2, "expected 3 fields, found 4")),
    NastyFile(
      "csvkit/test_empty_columns_short_row.csv", .refused(2, "expected 3 fields, found 2")),
    NastyFile("csvkit/test_extra_header.csv", .refused(2, "expected 4 fields, found 3")),
    NastyFile(
      "csvkit/test_header_newline.csv",
      .refused(1, "the header's name of column 1 holds a line break")),
    NastyFile("csvkit/test_header_newline.csv", .rows(1, first: ["e", "f"]), columns: ["b", "c"]),
    NastyFile("csvkit/test_join_short_rows.csv", .refused(2, "expected 3 fields, found 2")),
    NastyFile(
      "csvkit/test_latin1.csv", .refused(3, "byte 0xA9 is not valid utf-8, at byte offset 16")),
    NastyFile(
      "csvkit/test_latin1.csv", .rows(2, last: ["4", "5", "\u{A9}"]), encoding: .latin1),
    NastyFile("csvkit/test_skip_lines.csv", .rows(1, first: ["1", "2", "3"])) {
      $0.skippedLines = 3
    },
    NastyFile("csvkit/test_utf16_big.csv", .rows(2, last: ["4", "5", "\u{2A4}"])),
    NastyFile("csvkit/test_utf16_little.csv", .rows(2, last: ["4", "5", "\u{2A4}"])),
    NastyFile("csvkit/test_utf8.csv", .rows(2, last: ["4", "5", "\u{2A4}"])),
    NastyFile("csvkit/test_utf8_bom.csv", .rows(2, last: ["5"]), columns: ["bar"]),
    NastyFile("csvkit/test_utf8_bom.csv", .rows(2, last: ["4"]), columns: ["foo"]),
  ]

  private static let papaparse = [
    NastyFile("papaparse/long-sample.csv", .rows(8, first: ["Grant"])) { $0.hasHeader = false },
    NastyFile("papaparse/malformed.tsv", .refused(3, "expected 8 fields, found 9")) { $0 = .tsv },
    NastyFile(
      "papaparse/malformed.tsv", .refused(9, "quoted field is never closed"), malformedRows: .skip
    ) { $0.delimiter = UInt8(ascii: "\t") },
    NastyFile(
      "papaparse/malformed.tsv", .rows(7, last: ["VSF", "-72.50"]), columns: ["site", "lon"],
      malformedRows: .skip
    ) { $0 = .tsv },
    NastyFile("papaparse/sample-header.csv", .rows(2, last: ["", "test name 02"])),
    NastyFile("papaparse/sample.csv", .rows(1, first: ["X", "Y", "Z"])),
    NastyFile("papaparse/utf-8-bom-sample.csv", .rows(1, first: ["X"]), columns: ["A"]),
    NastyFile(
      "papaparse/verylong-sample.csv.gz", .refused(500, "expected 3 fields, found 2")),
    NastyFile(
      "papaparse/verylong-sample.csv.gz",
      .rows(1996, first: ["Lorem ipsum dolor sit", "42", "ABC"]), malformedRows: .skip),
  ]

  private static let commons = [
    NastyFile(
      "commons-csv/CSV-141/csv-141.csv",
      .refused(3, "the quoted field that opens here goes on to line 4")
    ) {
      $0.hasHeader = false
    },
    NastyFile(
      "commons-csv/CSV-141/csv-141.csv",
      .refused(2, "the quoted field that opens here goes on to line 3")
    ) {
      $0.hasHeader = false
      $0.escape = UInt8(ascii: "\\")
    },
    NastyFile("commons-csv/CSV-196/emoji.csv", .rows(4)),
    NastyFile("commons-csv/CSV-196/japanese.csv", .rows(3)),
    NastyFile("commons-csv/CSV-213/999751170.patch.csv", .rows(1, first: ["27", ""])) {
      $0.delimiter = UInt8(ascii: ";")
    },
    NastyFile(
      "commons-csv/CSV-213/999751170.patch.csv", .refused(1, "text after the closing quote")),
    NastyFile(
      "commons-csv/CSV-254/csv-254.csv", .rows(3, first: ["AA", "33", ""], last: ["", "33", "CC"])
    ) { $0.hasHeader = false },
    NastyFile("commons-csv/CSV-259/sample.txt", .rows(1, first: ["x", "y", "z"])) {
      $0.hasHeader = false
    },
    NastyFile(
      "commons-csv/CSV-290/psql.csv",
      .rows(
        3, first: ["1", "abc", "test line 1\ntest line 2", "", ""],
        last: ["3", "a", "b,c,d", "\"quoted\"", "e"])
    ) { $0.hasHeader = false },
    NastyFile(
      "commons-csv/CSV-290/psql.tsv",
      .rows(
        3, first: ["1", "abc", "test line 1\ntest line 2", "", ""],
        last: ["3", "a", "b,c,d", "\"quoted\"", "e"])
    ) {
      $0 = .tsv
      $0.hasHeader = false
      $0.escape = UInt8(ascii: "\\")
      $0.nullWords = ["\\N"]
    },
    NastyFile(
      "commons-csv/CSVFileParser/bom.csv", .rows(251, first: ["14-Mar-14"]), columns: ["Date"]),
    NastyFile("commons-csv/csv-167/sample1.csv", .refused(7, "quote inside an unquoted field")) {
      $0.comment = UInt8(ascii: "#")
    },
    NastyFile(
      "commons-csv/csv-167/sample1.csv",
      .rows(
        3, first: ["Dan Simmons", "Hyperion", "1989"],
        last: ["Douglas John", "The Hitchhiker's \"Guide\" to the Mars", "1979"])
    ) {
      $0.comment = UInt8(ascii: "#")
      $0.escape = UInt8(ascii: "\\")
    },
    NastyFile("commons-csv/empty.txt", .refused(nil, "the file is empty")),
  ]

  private static let rust = [
    NastyFile(
      "rust-csv/smallpop-colon.csv",
      .rows(10, first: ["Southborough", "MA", "United States", "9686"])
    ) {
      $0.delimiter = UInt8(ascii: ":")
    },
    NastyFile(
      "rust-csv/smallpop-no-headers.csv",
      .rows(10, first: ["Southborough", "MA", "United States", "9686"])
    ) {
      $0.hasHeader = false
    },
    NastyFile("rust-csv/strange.csv", .refused(4, "expected 2 fields, found 1")) {
      strange(&$0)
    },
    NastyFile(
      "rust-csv/strange.csv", .rows(5, first: ["\"Hacksaw\" Jim Duggan", "1987"]),
      malformedRows: .skip
    ) { strange(&$0) },
    NastyFile(
      "rust-csv/uspop-latin1.csv", .refused(4, "byte 0xD5 is not valid utf-8, at byte offset")),
    NastyFile(
      "rust-csv/uspop-latin1.csv", .rows(100, first: ["Davidsons Landing", ""]), encoding: .latin1,
      columns: ["City", "Population"]),
    NastyFile("rust-csv/uspop-null.csv", .rows(100)),
    NastyFile("rust-csv/uspop.csv", .rows(100)),
    NastyFile("rust-csv/worldcitiespop-excerpt.csv.gz", .rows(20000)),
  ]

  private static func strange(_ dialect: inout Dialect) {
    dialect.delimiter = UInt8(ascii: ";")
    dialect.escape = UInt8(ascii: "\\")
    dialect.comment = UInt8(ascii: "#")
    dialect.hasHeader = false
  }
}
