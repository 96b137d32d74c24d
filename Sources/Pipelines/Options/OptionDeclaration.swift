/// What an initialiser declares about one option; help, completions and error texts come from it.
package struct OptionDeclaration: Hashable, Sendable {
  package let name: String
  package let shape: OptionShape
  /// What is expected, in words: `number from 0, below 1`.
  package let expectation: String
  /// The only words it may be; empty where there are more than a few.
  package let words: [String]
  /// The default as a definition would spell it; nil when the option must be given.
  package let defaultValue: String?
  package let meaning: String
  /// The setting under which the option is read: `model = "convs2s"`; nil when it always is.
  package internal(set) var condition: String?
  /// Whether the options that belong to each of its words may stand in a table of that name.
  ///
  /// They are declared behind it.
  package internal(set) var hasOwnTables = false
}
