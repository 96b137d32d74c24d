/// Cleans texts by the rules of `CleaningOptions`, one after the other.
///
/// It is a pure function of the text, which both the stage and a model's chain call.
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

  /// Cleans a text in place; `scratch` is a buffer whose contents do not matter.
  package func clean(_ text: inout [UInt8], scratch: inout [UInt8]) {
    // By their places, since a rule that is taken out of the list is copied and counted.
    for place in rules.indices where rules[place].mayChange(text) {
      scratch.removeAll(keepingCapacity: true)
      rules[place].apply(text, into: &scratch)
      swap(&text, &scratch)
    }
  }
}
