/// What is done to a text, in the order of the properties.
package struct CleaningOptions: Sendable {
  /// What a regular expression matches becomes another text, before anything else is done.
  package var replacements: [Replacement] = []
  /// Entities, broken ones (` #39;`, `quot;`) too, are decoded before tags are removed.
  package var repairsEntities = false
  /// HTML tags and comments become a blank.
  package var tags = TagTreatment.keep
  /// HTML entities become their characters, after tags were removed.
  package var decodesEntities = false
  /// Invisible characters that do not separate words are removed.
  package var removesInvisible = false
  /// A backslash that means a line break becomes a blank, one before a symbol is removed.
  package var removesBackslashes = false
  /// `http://…`, `https://…`, `ftp://…` and `www.…` become a blank.
  package var removesURLs = false
  /// What takes the place of user names such as `@anna`; nil for them to stay.
  package var userNameWord: String?
  /// What takes the place of numbers; nil for them to stay.
  package var numberWord: String?
  package var emoji = EmojiTreatment.keep
  package var normalization: UnicodeNormalization.Form?
  package var lowercases = false
  /// How many of a letter may stand in a row; nil for any number.
  package var longestLetterRun: Int?
  /// All but letters, marks, numbers, white space and basic punctuation becomes a blank.
  package var removesSymbols = false
  /// Decimal digits of any script are removed.
  package var removesDigits = false
  /// Punctuation of any script and ASCII symbols become a blank.
  package var removesPunctuation = false
  /// Words, separated by white space, that are removed; compared in lower case.
  package var stopWords: Set<String> = []
  /// Runs of white space become one blank, and white space at the ends is removed.
  package var collapsesWhitespace = false

  package init() {}
}

/// What cleaning does with HTML tags.
package enum TagTreatment: Int, Hashable, Sendable {
  case keep
  /// What looks like a tag of any name goes.
  case removeAnyName
  /// Tags of HTML's elements go, and with scripts and styles what they hold.
  case removeElements
}

/// One thing that cleaning does to a text: a pure function on UTF-8 bytes.
protocol CleaningRule: Sendable {
  /// Whether the text may change: false where a quick look tells that it stays as it is.
  func mayChange(_ text: [UInt8]) -> Bool

  /// Appends the cleaned form of `text` to `clean`.
  func apply(_ text: [UInt8], into clean: inout [UInt8])
}

extension CleaningRule {
  func mayChange(_ text: [UInt8]) -> Bool { true }
}
