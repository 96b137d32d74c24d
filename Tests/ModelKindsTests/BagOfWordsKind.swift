import Diagnostics
import Files
import Formats
import ModelKinds
import Pipelines
import Reports

/// All that the stages and commands need to know of a bag of words.
struct BagOfWordsKind: NetworkClassifierKind {
  static let name = "bag-of-words"

  private let width: Int
  let training: ClassifierTraining

  init(from options: inout StageOptions) {
    let width = options.integer(
      "vector-width", default: 8, in: 1...512, "width of the word vectors")
    training = ClassifierTraining(from: &options) {
      BagOfWords(vocabularySize: 1, classCount: 1, width: width, padding: 0).layout
    }
    self.width = width
  }

  func network(vocabularySize: Int, classCount: Int, padding: Int) -> BagOfWords {
    BagOfWords(
      vocabularySize: vocabularySize, classCount: classCount, width: width, padding: padding)
  }

  static func configuration(of network: BagOfWords) -> JSONValue {
    [
      "vocabulary": .integer(network.vocabularySize), "classes": .integer(network.classCount),
      "width": .integer(network.width), "padding": .integer(network.padding),
    ]
  }

  static func network(_ json: JSONValue) -> BagOfWords? {
    guard let vocabulary = json.size("vocabulary"), let classes = json.size("classes"),
      let width = json.size("width"), let padding = json.size("padding", from: 0)
    else { return nil }
    return BagOfWords(
      vocabularySize: vocabulary, classCount: classes, width: width, padding: padding)
  }

  /// The bias of each class.
  static func details(of model: StoredModel) throws(Diagnostic) -> [ModelDetail] {
    let biases = try model.tensors.values("classes.bias", of: Float.self)
    var table = TextTable([.text("class"), .number("bias")])
    for (name, bias) in zip(model.texts.classNames, biases) {
      table.append([name, Spelling.fixed(Double(bias), places: 2)])
    }
    let json = JSONValue.array(biases.map { .number(Double($0)) })
    return [ModelDetail("biases", table, json: json)]
  }
}

/// A bag of words for a program that reads its configuration alone.
struct BagOfWordsExport: ModelExport {
  static func isFor(_ kind: any ModelKind.Type) -> Bool { kind == BagOfWordsKind.self }

  private let configuration: JSONValue

  static func isWritten(_ name: String) -> Bool { name == "bag.json" }

  init(_ model: StoredModel) throws(Diagnostic) { configuration = model.configuration }

  func write(to folder: String) throws(Diagnostic) -> [String] {
    try Folder.create(folder)
    var file = try OutputFile("\(folder)/bag.json")
    try file.write(Array(configuration.compact.utf8))
    try file.commit()
    return ["bag.json"]
  }
}
