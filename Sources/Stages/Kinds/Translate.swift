import Chains
import Diagnostics
import Files
import Formats
import ModelKinds
import Models
import Pipelines
import Tensors
import Text

/// Translates the rows of a table.
package struct Translate: Stage {
  package static let kind = "translate"
  package static let version = 4
  package static let manual = """
    translates text with a trained model
    Text may be raw, or have gone through the first stages that the model's own text went through:
    the rest is done to it. hypothesis is text as people write it; where the references are already
    tokenized it is left tokenized too. hypothesis-tokens and reference-tokens are words as the model
    has them, for evaluate's bleu4-tokenized. score is the sum of piece-scores, of which the last is
    the end's, divided by a power of their number; alignment gives for each piece of the hypothesis
    the piece of the source that was looked at most, counted from 0; the number behind the last
    piece stands for the end of the text. A text that is longer than the model has positions for is
    read as far as they go, and a warning says how many.
    precision = "bfloat16" rounds both sides of products with weights to eight bits, in whatever
    precision the model was trained; embeddings, attention, softmax and scores stay float32. It is
    faster where the processor has AVX-512-BF16, and gives equal bytes where it has not.
    """

  /// Rows that are in memory at a time, to be sorted by length.
  private static let chunkSize = 4096

  package let from: StageInput
  package let models: [StageInput]
  private let source: String
  private let reference: String?
  private let prefix: String?
  private let isRaw: Bool
  package let options: TextTranslator.Options
  private let dictionary: ExternalFile?

  package init(from options: inout StageOptions) {
    from = options.input("from", .table, "the rows to translate")
    let model = options.input("model", .model, "the translator")
    models =
      [model]
      + options.inputs(
        "also", .model, unset: "none",
        "more translators: together they are an ensemble, which goes by the mean of probabilities")
    source = options.text("source", default: "source", "the column to translate")
    reference = options.optionalText(
      "reference", unset: "target, if there is such a column",
      "the column of references, which is carried along for evaluate")
    prefix = options.optionalText(
      "prefix", unset: "none", "a column of text that translations are to begin with")
    isRaw = options.flag(
      "raw", default: false,
      "take the column as the raw text the model was made for, whatever was done to it before")
    var translating = TextTranslator.Options()
    translating.search = BeamSearch(from: &options)
    translating.count = options.integer(
      "n-best", default: 1, in: 1...1024, "translations of each row, at most as many as beam says")
    if translating.count > translating.search.width {
      options.reject("n-best", .moreThanBeam(translating.count, translating.search.width))
    }
    translating.search.sampling = Sampling(from: &options)
    translating.batchSize = options.integer(
      "batch-size", default: 128, in: 1...100_000, "rows translated together")
    translating.replacesUnknown = options.flag(
      "replace-unknown", default: false,
      "write the word of the source that was looked at most in place of <unk>")
    let replaces = OptionCondition(
      translating.replacesUnknown, obstacle: "replace-unknown = false",
      remedy: "set replace-unknown = true")
    dictionary = options.under(replaces) {
      $0.optionalFile(
        "unknown-dictionary", unset: "none",
        "for replace-unknown: a file of words of the source and what to write for them")
    }
    translating.precision = Precision(from: &options)
    self.options = translating
  }

  package var outputs: [Port] { [Port(.table)] }

  package func rows(of port: Port) -> RowSource {
    .input(from, options.count > 1 ? .several : .same)
  }

  package func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    var loaded: [TranslationModel] = []
    for input in models {
      loaded.append(
        try TranslationModel(
          try work.map(input), named: "\(input.source)", in: .standard))
    }
    let model = loaded[0]
    var reader = try work.table(from)
    let columns = try TranslationInput(
      in: reader.columns, of: "\(from.source)", source: source, reference: reference,
      prefix: prefix)
    let taken =
      isRaw ? 0 : try columns.sourcePosition(on: model, of: from, in: work)
    var references = try columns.references(on: model, of: from, in: work)
    work.warnOfSlowProducts(in: options.precision)
    var translating = options
    translating.cores = work.cores
    let words = try readDictionary()
    if let dictionary { try work.checkUnchanged(dictionary) }
    var translator = try TextTranslator(
      loaded, translating, after: taken, leaving: references.leftSteps, dictionary: words)
    let table = TranslatedTable(
      hasReferences: columns.reference != nil, isRanked: options.count > 1)
    var writer = try work.newTable(table.columns)
    let pace = RowProgress(of: work)
    var (count, cutCount, pieceCount) = (0, 0, 0)
    while let rows = try columns.next(Self.chunkSize, from: &reader) {
      guard !work.shouldStop else { return .stopped }
      try MemoryDemand(translating: rows.sources.count, by: model.model, options).check()
      let translated = translator.translate(
        rows.sources, prefixes: rows.prefixes, firstNumber: count)
      var batch = RowBatch(columnCount: table.columns.count)
      for (place, text) in translated.enumerated() {
        table.append(
          text, of: rows.sources[place],
          reference: rows.references.map { references.states(of: $0[place]) },
          rows.origins[place], to: &batch)
        cutCount += text.isCut ? 1 : 0
        pieceCount += text.translations[0].pieceScores.count
      }
      try writer.append(batch)
      count += translated.count
      pace.report(rows: count, reader.source.progress)
    }
    if cutCount > 0 {
      work.warn(.tooLong(cutCount, model.model.configuration.maximumLength - 1))
    }
    try work.commit(writer, to: outputs[0])
    work.note("target-tokens", .integer(pieceCount))
    work.summarise(Spelling.count(count, "row"))
    return .finished
  }

  /// Reads the words that stand in for unknown ones; none without a file of them.
  package func readDictionary() throws(Diagnostic) -> UnknownDictionary {
    guard let dictionary else { return UnknownDictionary() }
    let bytes = try InputFile.contents(of: dictionary.path, atMost: 256 << 20)
    return try UnknownDictionary(SideFile(bytes, path: dictionary.path))
  }
}

extension Diagnostic.Message {
  fileprivate static func moreThanBeam(_ count: Int, _ width: Int) -> Self {
    Self(
      "a beam of \(width) finds no \(count) translations",
      remedy: "raise beam, or ask for at most \(width)")
  }

  fileprivate static func tooLong(_ count: Int, _ limit: Int) -> Self {
    Self(
      "\(Spelling.count(count, "text")) had over \(Spelling.count(limit)) tokens: the rest was not translated",
      remedy: "split them into sentences, or train with more positions")
  }
}
