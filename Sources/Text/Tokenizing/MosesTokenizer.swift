import Diagnostics

/// Moses's `tokenizer.perl` as of December 2017, with lower-casing and punctuation before it if wished.
///
/// Words and symbols come out separated by single spaces. A line of white space stays as it is.
package struct MosesTokenizer: Sendable {
  /// What to do to a line, in this order: lower-case, normalize, tokenize, escape.
  package struct Options: Sendable, Hashable {
    package var language: MosesLanguage
    package var lowercases = false
    package var normalizesPunctuation = false
    /// Splits words at hyphens: `a-b` becomes `a @-@ b`.
    package var splitsHyphens = false
    /// Writes ampersands, bars, angle and square brackets and both quotes as entities.
    package var escapes = true
    /// The rule of November 2018: the full stop that ends a line is always a token of its own.
    package var alwaysSplitsFinalStop = false
    /// Words whose full stop belongs to them; the language's own when nil.
    package var abbreviations: Abbreviations?
    /// Regular expressions; what they match is never split.
    package var protectedPatterns: [String] = []

    package init(_ language: MosesLanguage) { self.language = language }
  }

  let options: Options
  let abbreviations: Abbreviations
  private let normalizer: PunctuationNormalizer?
  let protected: ProtectedPatterns?

  /// - Throws: when a protected pattern is not a regular expression.
  package init(_ options: Options) throws(Diagnostic) {
    self.options = options
    abbreviations = options.abbreviations ?? .of(options.language)
    normalizer =
      options.normalizesPunctuation ? PunctuationNormalizer(options.language) : nil
    protected =
      options.protectedPatterns.isEmpty ? nil : try ProtectedPatterns(options.protectedPatterns)
  }

  /// The way back, for the same language.
  package var detokenizer: MosesDetokenizer { MosesDetokenizer(options.language) }

  /// Appends the tokenized line.
  package func tokenize(_ line: Span<UInt8>, into output: inout [UInt8]) {
    if tokenizePlain(line, into: &output) { return }
    if let signs = plainSigns(of: line), tokenizePlain(signs.span, into: &output) { return }
    tokenizeAny(line, into: &output)
  }

  /// Appends the tokens of a line that may hold anything, rule after rule.
  package func tokenizeAny(_ line: Span<UInt8>, into output: inout [UInt8]) {
    var text = ScalarText(line)
    if options.lowercases { Lowercase.apply(to: &text) }
    normalizer?.normalize(&text)
    let stretches = split(&text)
    if stretches.isEmpty {
      write(text.units, to: &output)
    } else {
      write(ProtectedPatterns.show(stretches, in: text.units), to: &output)
    }
  }

  /// Rewrites the line as tokens; returns the protected stretches that stand-ins hide.
  private func split(_ text: inout ScalarText) -> [[UInt32]] {
    let all = ScalarClasses.all
    guard text.units.contains(where: { !all[$0].contains(.whitespace) }) else { return [] }
    text.collapseWhitespace()
    let stretches = protected?.hide(in: &text) ?? []
    text.isolateSymbols()
    if options.splitsHyphens { Self.hyphen.apply(to: &text) }
    text.isolateDotRuns()
    Self.commas.apply(to: &text)
    text.splitFinalComma()
    Self.apostrophes(options.language).apply(to: &text)
    splitStops(&text)
    text.splitFinalStopInQuote()
    return stretches
  }

  private func write(_ units: some Sequence<UInt32>, to output: inout [UInt8]) {
    let entities = options.escapes ? MosesEntities.entities : []
    for unit in units {
      if unit < entities.count, !entities[Int(unit)].isEmpty {
        output.append(contentsOf: entities[Int(unit)])
      } else {
        ScalarText.append(unit, to: &output)
      }
    }
  }
}
