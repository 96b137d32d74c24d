import Chains
import Datasets
import Diagnostics
import Files
import Models
import Tensors
import Text

/// A trained translator, or an ensemble of them, with its own chains: text in, text out.
package struct TextTranslator {
  /// The options other than those of the search.
  package struct Options: Sendable {
    package var search = BeamSearch()
    /// How many translations of each text are given, at most; no more than the search finds.
    package var count = 1
    /// Sentences translated together.
    package var batchSize = 128
    package var cores = 1
    /// What both sides of products with weights are rounded to.
    package var precision = Precision.float32
    /// Whether words of the source stand in for those the model could not write.
    package var replacesUnknown = false

    package init() {}

    /// Takes what is given in place of what was set.
    ///
    /// - Parameter beam: the width of the beam, which is at least `count` in any case.
    package mutating func set(count: Int?, beam: Int?, lengthPenalty: Float?) {
      self.count = count ?? self.count
      search.width = max(self.count, beam ?? search.width)
      search.lengthPenalty = lengthPenalty ?? search.lengthPenalty
    }
  }

  package let model: TranslationModel
  private let options: Options
  private let translator: BatchedTranslator
  private let configuration: ConvS2S.Configuration
  private var source: ChainEncoder
  private var prefixChain: ChainEncoder
  private var target: TargetText
  private let wordEnd: Int
  private let unknownWords: UnknownWords?
  /// How many steps of the target's chain are not undone.
  private let leftSteps: Int

  /// - Parameters:
  ///   - models: at least one; several are an ensemble.
  ///   - taken: the steps of the source's chain that texts have been through.
  ///   - left: the steps of the target's chain that are not undone.
  ///   - dictionary: translations of words of the source that replace unknown words.
  /// - Throws: when the chains of the models differ.
  package init(
    _ models: [TranslationModel], _ options: Options, after taken: Int = 0, leaving left: Int = 0,
    dictionary: UnknownDictionary = UnknownDictionary()
  ) throws(Diagnostic) {
    model = models[0]
    for other in models.dropFirst() {
      guard other.source.agrees(with: model.source), other.target.agrees(with: model.target),
        other.model.configuration.numbersWords(as: model.model.configuration)
      else { throw Diagnostic(.otherTexts(other.name, model.name)) }
    }
    self.options = options
    unknownWords =
      options.replacesUnknown
      ? UnknownWords(source: model.source, target: model.target, dictionary) : nil
    leftSteps = left
    wordEnd = model.target.wordEnd
    configuration = model.model.configuration
    translator = BatchedTranslator(
      ConvS2STranslator(models.map { ($0.model, $0.weights) }, in: options.precision),
      limit: BatchLimit(rows: options.batchSize), cores: options.cores, blas: model.blas)
    source = try ChainEncoder(model.source, after: taken, model: model.name)
    prefixChain = try ChainEncoder(model.target, model: model.name)
    target = try TargetText(model.target, model: model.name)
    guard source.vocabulary.count == configuration.sourceVocabularySize,
      target.vocabulary.count == configuration.targetVocabularySize
    else { throw Diagnostic(.otherVocabulary(model.name)) }
  }

  /// Reads one model, to translate raw text with.
  package init(
    _ file: MappedFile, named name: String, in models: ModelCatalog, _ options: Options
  ) throws(Diagnostic) {
    try self.init([TranslationModel(file, named: name, in: models)], options)
  }

  /// The translations of each text; a text without words has an empty one.
  ///
  /// - Parameters:
  ///   - prefixes: texts that the translations must begin with; none unless given.
  ///   - firstNumber: the number of the first text, on which sampling depends.
  package mutating func translate(
    _ texts: [String], prefixes: [String] = [], firstNumber: Int = 0
  ) -> [TranslatedText] {
    let end = Int32(configuration.end)
    var tokens: [[String]] = []
    var prefixTokens: [[String]] = []
    var sentences: [SourceSentence] = []
    for (place, text) in texts.enumerated() {
      var (words, ids): ([String], [Int32]) = ([], [])
      if !text.isBlank { (words, ids) = source.numberedTokens(of: text) }
      tokens.append(words)
      var (pieces, prefix): ([String], [Int32]) = ([], [])
      if place < prefixes.count {
        (pieces, prefix) = prefixChain.numberedTokens(of: prefixes[place])
      }
      prefixTokens.append(pieces)
      sentences.append(
        SourceSentence(ids + [end], prefix: prefix, number: firstNumber + place))
    }
    let worded = texts.indices.filter { !tokens[$0].isEmpty || !sentences[$0].prefix.isEmpty }
    let found = translator.translate(worded.map { sentences[$0] }, options.search)
    var hypotheses = [[Hypothesis]](repeating: [], count: texts.count)
    for (place, found) in zip(worded, found) { hypotheses[place] = found }
    return texts.indices.map { place in
      let read = Array(tokens[place].prefix(configuration.maximumLength - 1))
      let best = hypotheses[place].prefix(options.count)
      return TranslatedText(
        pieces: read, pieceCount: tokens[place].count,
        translations: best.isEmpty
          ? [.nothing] : best.map { translation($0, of: read, from: prefixTokens[place]) })
    }
  }

  /// Pieces of the source as a person reads them.
  package func shown(source pieces: [String]) -> [String] { model.source.shown(pieces) }

  /// Pieces of a translation as a person reads them.
  package func shown(target pieces: [String]) -> [String] { model.target.shown(pieces) }

  /// - Parameter prefix: the pieces of its prefix, whether they are in the vocabulary or not.
  private mutating func translation(
    _ hypothesis: Hypothesis, of source: [String], from prefix: [String]
  ) -> Translation {
    let ids = hypothesis.words.dropLast()
    let pieces = ids.enumerated().map { place, id in
      place < prefix.count
        ? prefix[place] : String(decoding: target.vocabulary.word(of: Int(id)), as: UTF8.self)
    }
    let unknown = Set(
      ids.enumerated().filter { $0 >= prefix.count && Int($1) == configuration.unknown }
        .map(\.offset))
    let words =
      unknownWords?.replaced(pieces, where: unknown, hypothesis, source: source)
      ?? zip(ids, pieces).enumerated()
      .filter { $0 < prefix.count || !target.isSilent($1.0) }.map(\.element.1)
    let written = words.joined(separator: " ")
    return Translation(
      text: target.text(of: written, leaving: leftSteps),
      words: target.text(of: written, leaving: wordEnd), pieces: pieces,
      score: hypothesis.score, pieceScores: hypothesis.wordScores,
      attention: hypothesis.attention,
      alignment: pieces.indices.map { hypothesis.alignment(of: $0) })
  }
}

extension Translation {
  /// The translation of a text without words.
  fileprivate static let nothing = Translation(
    text: "", words: "", pieces: [], score: 0, pieceScores: [], attention: [], alignment: [])
}

extension Diagnostic.Message {
  fileprivate static func otherTexts(_ other: String, _ first: String) -> Self {
    Self(
      "'\(other)' and '\(first)' prepare text otherwise, or number its tokens otherwise",
      remedy: "let an ensemble have one vocabulary of each language, and one chain before it")
  }

  fileprivate static func otherVocabulary(_ model: String) -> Self {
    Self(
      "the vocabularies of '\(model)' are not as large as it says itself",
      remedy: "train or convert the model again")
  }
}
