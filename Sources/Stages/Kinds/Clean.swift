import Chains
import Diagnostics
import Files
import Formats
import Pipelines
import Text

/// Cleans text and leaves out rows that filters refuse.
struct Clean: RowWise {
  static let kind = "clean"
  static let version = 2
  static let manual = """
    cleans text, and leaves out rows that are no good
    The changes are made in the order in which they are listed here. Rows are left out afterwards;
    the record counts them by reason and shows the first ones. A model cleans raw text in the same
    way, but never leaves a row out.
    replace takes pairs of a regular expression and a text, in which $1 is what the first group
    holds: replace = [['([0-9]+)°', '$1 degrees']]. html knows the elements of HTML: x < y, List<String>
    and <3 are text. An emoji is what people see as one, with its skin tone, joined parts or flag.
    """

  private enum Normalization: String, CaseIterable {
    case none, nfc, nfkc
  }

  private enum Invisible: String, CaseIterable {
    case keep, remove
  }

  let from: Parts
  let columns: TextColumns
  private let cleaning: CleaningOptions
  private let stopWordsFile: ExternalFile?
  let filters: CleanFilters

  init(from options: inout StageOptions) {
    from = options.parts("from", .table, "the rows to clean")
    columns = TextColumns(from: &options)
    var cleaning = CleaningOptions()
    let replacements = options.added {
      $0.textPairs(
        "replace", "regular expressions, and the text that takes the place of each match")
    }
    for (pattern, text) in replacements {
      do throws(Diagnostic) {
        cleaning.replacements.append(try Replacement(pattern, with: text))
      } catch {
        options.reject("replace", error.message)
      }
    }
    cleaning.repairsEntities = options.flag(
      "repair-entities", default: false, "decode entities, broken ones such as ` #39;` too, first")
    let tags = options.revisedFlag(
      "html", revision: TagTreatment.removeElements.rawValue,
      "remove HTML tags, comments, scripts and styles")
    cleaning.tags = tags.flatMap(TagTreatment.init) ?? .keep
    cleaning.decodesEntities = options.flag(
      "entities", default: false, "turn entities such as &amp; into characters")
    cleaning.removesInvisible =
      options.added {
        $0.choice(
          "invisible", default: Invisible.keep,
          "characters that are not seen and part no words: soft hyphens, direction marks, joiners")
      } == .remove
    cleaning.removesBackslashes = options.flag(
      "backslashes", default: false, "remove backslashes that stand for line breaks or escapes")
    cleaning.removesURLs = options.flag("urls", default: false, "remove web addresses")
    cleaning.userNameWord = options.added {
      $0.optionalText(
        "user-names", unset: "they stay", "what takes the place of @names: \"@user\", or \"\"")
    }
    cleaning.numberWord = options.added {
      $0.optionalText("numbers", unset: "they stay", "what takes the place of numbers: \"0\"")
    }
    cleaning.emoji = options.added {
      $0.choice(
        "emoji", default: EmojiTreatment.keep,
        "what happens to emoji: name puts words such as thumbs up sign in their place")
    }
    let form = options.choice("unicode", default: Normalization.none, "normal form of characters")
    cleaning.normalization = UnicodeNormalization.Form(rawValue: form.rawValue)
    cleaning.lowercases = options.flag("lowercase", default: false, "fold to lower case")
    cleaning.longestLetterRun = options.added {
      $0.optionalInteger(
        "repeated-letters", in: 1...100, unset: "as many as there are",
        "how often a letter may stand in a row: 3 makes sooo of sooooo")
    }
    cleaning.removesSymbols = options.flag(
      "symbols", default: false,
      "remove all but letters, marks, numbers, white space and basic punctuation")
    cleaning.removesDigits = options.flag("digits", default: false, "remove digits")
    cleaning.removesPunctuation = options.flag("punctuation", default: false, "remove punctuation")
    cleaning.stopWords = Set(
      options.texts("stop-words", default: [], "words to remove, compared in lower case")
        .map { $0.lowercased() })
    stopWordsFile = options.optionalFile(
      "stop-words-file", unset: "none", "a file of words to remove, a line each")
    cleaning.collapsesWhitespace = options.flag(
      "collapse-space", default: true, "turn runs of white space into one space, none at the ends")
    self.cleaning = cleaning
    filters = CleanFilters(from: &options)
  }

  func rows(of port: Port) -> RowSource { from.rows(of: port, .choice) }

  func transform(_ resources: Resources) throws(Diagnostic) -> any FieldTransform {
    var cleaning = cleaning
    if let bytes = try resources("stop-words-file") {
      let file = try SideFile(bytes, path: stopWordsFile?.path ?? "stop-words-file")
      cleaning.stopWords.formUnion(file.lines.map { $0.text.withoutEdgeBlanks.lowercased() })
    }
    return CleanedFields(cleaner: Cleaner(cleaning))
  }

  /// The bytes of a file that the stage reads, by its line in the key.
  func bytes(behind name: String) throws(Diagnostic) -> [UInt8]? {
    guard name == stopWordsFile?.name, let file = stopWordsFile else { return nil }
    return try InputFile.contents(of: file.path, atMost: 256 << 20)
  }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    let transform = try transform(work.bytes(behind:))
    var rows = 0
    var dropped: [DroppedRows] = []
    for (input, port) in zip(from.inputs, outputs) {
      let written = try work.rewrite(input, to: port) { (names) throws(Diagnostic) in
        let chosen = try columns.positions(in: names, of: "\(input.source)")
        let options = try filters.options(for: names, text: chosen, of: "\(input.source)")
        return TableChange(
          columns: names, isByRow: true, settle: options.duplicateFilter,
          fields: options.pair != nil
            ? nil : TableChange.Fields(Set(chosen), transform) { options.keeps($0) }
        ) {
          var filter = RowFilter(options.withoutDuplicates)
          let rows = filter.filter($0.mapping(Set(chosen), transform))
          return TableChange.Rows(rows, dropped: filter.dropped)
        }
      }
      guard let written else { return .stopped }
      rows += written.rowCount
      dropped.append(written.dropped)
    }
    note(dropped, rows: rows, work)
    return .finished
  }

  /// Records how many rows were left out of each part, by reason, with the first rows of each.
  private func note(_ dropped: [DroppedRows], rows: Int, _ work: StageWork) {
    work.note("rows", .integer(rows))
    let total = dropped.reduce(0) { $0 + $1.total }
    if total > 0 {
      var counts: [JSONValue.Member] = []
      var examples: [JSONValue.Member] = []
      for reason in DropReason.allCases {
        let count = dropped.reduce(0) { $0 + ($1.counts[reason] ?? 0) }
        guard count > 0 else { continue }
        counts.append(.init(reason.rawValue, .integer(count)))
        let first = dropped.flatMap { $0.examples[reason] ?? [] }.prefix(3)
        let lines = first.map { JSONValue.string("line \($0.origin): \($0.text)") }
        examples.append(.init(reason.rawValue, .array(lines)))
      }
      work.note("dropped", .object(counts))
      work.note("dropped-examples", .object(examples))
    }
    let leftOut = total > 0 ? ", \(Spelling.count(total)) left out" : ""
    work.summarise("\(Spelling.count(rows, "row"))\(leftOut)")
  }
}

/// The cleaner on one field.
private struct CleanedFields: FieldTransform {
  let cleaner: Cleaner
  var text: [UInt8] = []
  var scratch: [UInt8] = []

  init(cleaner: Cleaner) { self.cleaner = cleaner }

  mutating func apply(_ field: Span<UInt8>, of row: Origin, into output: inout [UInt8]) {
    text.removeAll(keepingCapacity: true)
    unsafe field.withUnsafeBufferPointer { unsafe text.append(contentsOf: $0) }
    cleaner.clean(&text, scratch: &scratch)
    output.append(contentsOf: text)
  }
}

extension RowFilter.Options {
  /// What is seen of a row alone.
  fileprivate var withoutDuplicates: RowFilter.Options {
    var options = self
    options.duplicateColumns = []
    return options
  }

  /// Leaves out rows that agree with an earlier one, batch after batch; nil where rows are not compared.
  fileprivate var duplicateFilter: ((RowBatch) -> TableChange.Rows)? {
    guard !duplicateColumns.isEmpty else { return nil }
    var options = RowFilter.Options()
    options.duplicateColumns = duplicateColumns
    var filter = RowFilter(options)
    return { batch in
      let rows = filter.filter(batch)
      return TableChange.Rows(rows, dropped: filter.takeDropped())
    }
  }
}
