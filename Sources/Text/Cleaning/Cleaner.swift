/// Cleans texts by the rules of `CleaningOptions`, one after the other.
///
/// A pure function of the text: a stage over batches and a model's own chain get the same.
package struct Cleaner: Sendable {
  package let options: CleaningOptions
  private let rules: [any CleaningRule]

  package init(_ options: CleaningOptions) {
    self.options = options
    var rules: [any CleaningRule] = options.replacements
    if options.repairsEntities { rules.append(EntityDecoding(repairs: true)) }
    switch options.tags {
    case .keep: break
    case .removeAnyName: rules.append(TagRemoval())
    case .removeElements: rules.append(ElementRemoval())
    }
    if options.decodesEntities { rules.append(EntityDecoding(repairs: false)) }
    if options.removesInvisible { rules.append(InvisibleRemoval()) }
    if options.removesBackslashes { rules.append(BackslashRemoval()) }
    if options.removesURLs { rules.append(URLRemoval()) }
    if let word = options.userNameWord { rules.append(UserNameRule(word: word)) }
    if let word = options.numberWord { rules.append(NumberRule(word: word)) }
    if options.emoji != .keep { rules.append(EmojiRule(treatment: options.emoji)) }
    if let form = options.normalization { rules.append(UnicodeNormalization(form)) }
    if options.lowercases { rules.append(Lowercasing()) }
    if let longest = options.longestLetterRun {
      rules.append(LetterRunShortening(longest: longest))
    }
    if options.removesSymbols { rules.append(SymbolRemoval()) }
    if options.removesDigits { rules.append(DigitRemoval()) }
    if options.removesPunctuation { rules.append(PunctuationRemoval()) }
    if !options.stopWords.isEmpty { rules.append(StopWordRemoval(options.stopWords)) }
    if options.collapsesWhitespace { rules.append(WhitespaceCollapsing()) }
    self.rules = rules
  }

  /// Cleans a text in place; `scratch` may hold anything, and does afterwards.
  package func clean(_ text: inout [UInt8], scratch: inout [UInt8]) {
    for rule in rules {
      scratch.removeAll(keepingCapacity: true)
      rule.apply(text, into: &scratch)
      swap(&text, &scratch)
    }
  }

  /// The cleaned form of one text.
  package func clean(_ text: String) -> String {
    var bytes = Array(text.utf8)
    var scratch: [UInt8] = []
    clean(&bytes, scratch: &scratch)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The batch with the given columns cleaned.
  package func clean(_ batch: RowBatch, columns: Set<Int>) -> RowBatch {
    var cleaned = RowBatch(columnCount: batch.columnCount)
    cleaned.reserve(rows: batch.count, byteCount: batch.bytes.count)
    var (text, scratch): ([UInt8], [UInt8]) = ([], [])
    for row in 0..<batch.count {
      for column in 0..<batch.columnCount {
        guard columns.contains(column) else {
          cleaned.append(batch.bytes.span.extracting(batch.range(row, column)))
          continue
        }
        text.removeAll(keepingCapacity: true)
        text.append(contentsOf: batch.field(row, column))
        clean(&text, scratch: &scratch)
        cleaned.append(text.span)
      }
      cleaned.endRow(batch.origins[row])
    }
    return cleaned
  }
}
