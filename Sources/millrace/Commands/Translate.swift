import Cores
import Diagnostics
import Formats
import ModelKinds
import Pipelines
import Reports
import Stages
import Tensors

/// `translate`: raw text to raw text, with a trained model.
struct Translate: Command {
  static let name = "translate"
  static let summary = "translate raw text with a trained model"
  static let usage = "FILE [STAGE] [--input FILE --text COLUMN -o FILE]"
  static let places = WordPlaces([.file], [.modelStage])
  static let example =
    "echo 'The dog sees the cat.' | millrace translate pipelines/translate-en-fr.toml"
  static let best = CommandOption(
    "--nbest", "N", "translations of each text, with their ranks and scores")
  static let beam = CommandOption(
    "--beam", "N", "partial hypotheses kept at each step; 5 or --nbest unless given")
  static let penalty = CommandOption(
    "--length-penalty", "NUMBER", "above 1, long translations are favoured; 1 unless given")
  static let unknown = CommandOption(
    "--replace-unknown", "write words of the source in place of <unk>")
  static let attention = CommandOption(
    "--attention", "draw which piece of the line each piece of the translation looked at")
  static let options: [CommandOption] =
    AnsweredFile.options + [
      best, beam, penalty, unknown, attention, .precision, .set, .point, .asTrained, .store, .json,
    ]
  static let details = """
    Without --text, each line is a text. Rows keep their columns and get translation; what is not
    given is then as in the definition's translate stage, dictionary included. A file is written
    whole or not at all; without --output rows go to standard output, with --json as JSON Lines.
    """

  /// The piece shown for the end of a text.
  private static let end = "</s>"

  /// How many lines are translated together at most.
  private static let chunkSize = 512

  private let arguments: ParsedArguments
  private let words: [String]
  private let translating: TextTranslator.Options
  private let file: AnsweredFile?

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    words = try arguments.words(1...2)
    var options = TextTranslator.Options()
    try options.set(
      count: arguments.number(Self.best, from: 1), beam: arguments.number(Self.beam, from: 1),
      lengthPenalty: arguments.decimal(Self.penalty))
    options.replacesUnknown = arguments.has(Self.unknown)
    options.precision = try arguments.choice(.precision) ?? .float32
    options.cores = availableCores()
    translating = options
    file = try AnsweredFile(arguments)
    if file != nil, arguments.has(Self.attention) { throw Diagnostic(.attentionOfRows) }
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let model = try TrainedModel(words, arguments, until: interruption)
    if let file { return try translate(file, with: model, until: interruption) }
    var translator = try TextTranslator(
      model.file, named: model.stage, in: .standard, translating)
    let path = arguments.value(AnsweredFile.input)
    AnsweredFile.warn(ofTable: path, option: AnsweredFile.text.name)
    var lines = try TextLines(path: path)
    var count = 0
    while !Terminal.output.hasFailed, let texts = try lines.next(atMost: Self.chunkSize) {
      for (text, translated) in zip(texts, translator.translate(texts)) {
        count += 1
        if translated.isCut { Terminal.errors.line(Self.warning(of: translated, line: count)) }
        show(translated, of: text, by: translator)
      }
    }
    return .fine
  }

  /// Translates a file of rows as the definition translates with this model, but for what is given.
  private func translate(
    _ file: AnsweredFile, with model: TrainedModel, until interruption: Interruption
  ) throws(Diagnostic) -> ExitCode {
    let stage = model.plan.stages.lazy.compactMap { $0.stage as? Stages.Translate }.first {
      $0.models.first?.source.stage == model.index
    }
    var options = stage?.options ?? translating
    options.cores = availableCores()
    try options.set(
      count: arguments.number(Self.best, from: 1), beam: arguments.number(Self.beam, from: 1),
      lengthPenalty: arguments.decimal(Self.penalty))
    if arguments.has(Self.unknown) { options.replacesUnknown = true }
    if let precision: Precision = try arguments.choice(.precision) { options.precision = precision }
    let translator = try TextTranslator(
      [TranslationModel(model.file, named: model.stage, in: .standard)], options,
      dictionary: stage?.readDictionary() ?? UnknownDictionary())
    return try file.answer(
      with: TranslationAnswers(translator, count: options.count, prefix: file.prefix),
      until: interruption)
  }

  private func show(
    _ translated: TranslatedText, of text: String, by translator: TextTranslator
  ) {
    if arguments.has(.json) {
      return Terminal.output.line(json(translated, of: text).compact)
    }
    for (rank, translation) in translated.translations.enumerated() {
      if translating.count == 1 {
        Terminal.output.line(translation.text)
      } else {
        let score = Spelling.fixed(Double(translation.score), places: 4)
        Terminal.output.line("\(rank + 1)\t\(score)\t\(translation.text)")
      }
      guard arguments.has(Self.attention), !translation.pieces.isEmpty else { continue }
      let grid = AttentionGrid(
        written: translator.shown(target: translation.pieces) + [Self.end],
        read: translator.shown(source: translated.pieces) + [Self.end],
        weights: translation.attention)
      for line in grid.lines(width: Terminal.output.width) { Terminal.output.line(line) }
    }
  }

  private func json(_ translated: TranslatedText, of text: String) -> JSONValue {
    let list = translated.translations.map { translation -> JSONValue in
      let attention =
        arguments.has(Self.attention)
        ? [JSONValue.Member("attention", Self.json(translation, reading: translated.pieces))] : []
      return .object(
        [
          .init("text", .string(translation.text)),
          .init("score", .number(Double(translation.score))),
          .init("pieces", .array(translation.pieces.map { .string($0) })),
          .init("piece-scores", .array(translation.pieceScores.map { .number(Double($0)) })),
          .init("alignment", .array(translation.alignment.map { .integer($0) })),
        ] + attention)
    }
    return [
      "text": .string(text),
      "translation": translated.translations.first.map { .string($0.text) } ?? .null,
      "score": translated.translations.first.map { .number(Double($0.score)) } ?? .null,
      "pieces": .array(translated.pieces.map { .string($0) }), "translations": .array(list),
    ]
  }

  /// A translation's attention for programs: a row of weights for each target piece, end included.
  ///
  /// `read` also includes the end of the text, because `alignment` may refer to it.
  private static func json(_ translation: Translation, reading pieces: [String]) -> JSONValue {
    let (written, read) = (translation.pieces + [end], pieces + [end])
    let rows = translation.attention.isEmpty ? 0 : written.count
    return [
      "written": .array(written.map { .string($0) }), "read": .array(read.map { .string($0) }),
      "weights": .array(
        (0..<rows).map { row in
          .array(
            translation.attention[row * read.count..<(row + 1) * read.count].map {
              .number(Double($0))
            })
        }),
    ]
  }

  private static func warning(of translated: TranslatedText, line: Int) -> String {
    "warning: line \(line) has \(Spelling.count(translated.pieceCount, "token")), of which"
      + " \(Spelling.count(translated.pieces.count)) are translated: the model reads no more"
  }
}

extension Diagnostic.Message {
  fileprivate static let attentionOfRows = Self(
    "--attention means nothing to a file of rows",
    remedy: "leave it out, or give lines of text without --text and --output")
}
