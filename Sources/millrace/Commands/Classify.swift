import Cores
import Diagnostics
import Formats
import ModelKinds
import Pipelines
import Stages
import Tensors
import Text

/// `classify`: raw text to labels, with a trained model.
struct Classify: Command {
  static let name = "classify"
  static let summary = "label raw text with a trained model"
  static let usage = "FILE [STAGE] [--input FILE --text COLUMN -o FILE]"
  static let places = WordPlaces([.file], [.modelStage])
  static let example =
    "echo 'She works as a pastry cook in Oslo.' | millrace classify pipelines/classify-bios.toml"
  static let top = CommandOption("--top", "N", "classes to tell for each text; 1 unless given")
  static let probabilities = CommandOption(
    "--probabilities", "add a column with the probability of every class")
  static let options: [CommandOption] =
    AnsweredFile.options + [
      top, probabilities, .precision, .set, .point, .asTrained, .store, .json,
    ]
  static let details = """
    Without --text, each line is a text. Rows keep their columns and get label and probability. A file
    is written whole or not at all; without --output rows go to standard output as they came, or as
    JSON Lines with --json.
    """

  private let arguments: ParsedArguments
  private let words: [String]
  private let top: Int
  private let file: AnsweredFile?

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    words = try arguments.words(1...2)
    top = try arguments.number(Self.top, from: 1) ?? 1
    file = try AnsweredFile(arguments, [Self.probabilities])
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let model = try TrainedModel(words, arguments, until: interruption)
    var classifier = try TextClassifier(
      model.file, named: model.stage, in: .standard,
      computing: arguments.choice(.precision) ?? .float32, cores: availableCores())
    if let file {
      var options = ClassAnswers.Options()
      options.top = top
      options.hasProbabilities = arguments.has(Self.probabilities)
      options.prefix = file.prefix
      return try file.answer(with: ClassAnswers(classifier, options), until: interruption)
    }
    let path = arguments.value(AnsweredFile.input)
    AnsweredFile.warn(ofTable: path, option: AnsweredFile.text.name)
    var lines = try TextLines(path: path)
    while !Terminal.output.hasFailed, let text = try lines.next() {
      if lines.isInteractive, !classifier.knows(text) {
        Terminal.output.line(
          text.isBlank ? "  type a text" : "  not classified: the model knows none of these words")
      } else {
        show(classifier.classify(text), of: text)
      }
    }
    return .fine
  }

  private func show(_ prediction: TextClassifier.Prediction, of text: String) {
    let best = prediction.classes.prefix(top)
    if arguments.has(.json) {
      let classes = best.map { entry in
        ["label": .string(entry.name), "probability": .number(Double(entry.probability))]
          as JSONValue
      }
      let json: JSONValue = [
        "text": .string(text), "label": best.first.map { .string($0.name) } ?? .null,
        "probability": best.first.map { .number(Double($0.probability)) } ?? .null,
        "classes": .array(classes),
      ]
      Terminal.output.line(json.compact)
    } else {
      let parts = best.map { "\($0.name)\t\(Spelling.fixed(Double($0.probability), places: 4))" }
      Terminal.output.line(parts.joined(separator: "\t"))
    }
  }
}
