import Artifacts
import Formats
import ModelKinds
import PipelineFixtures
import Pipelines
import Stages
import Testing

extension PipelineResult {
  /// A trained model of the toy, asked with raw texts.
  func classifier(
    _ stage: String = "train", in models: ModelCatalog = .standard
  ) throws -> TextClassifier {
    let file = try store.open(digest("\(stage).model"))
    return try TextClassifier(file, named: stage, in: models)
  }

  /// Expects the model to answer the raw texts of the test rows as `evaluate` says that it answers
  /// the rows.
  func expectAnswers(of classifier: inout TextClassifier) throws {
    let texts = try fields("split.test")
    let answers = try fields("evaluate.predictions").dropFirst()
    let column = try #require(texts[0].firstIndex(of: "text"))
    #expect(answers.count == 8)
    for answer in answers {
      let text = try #require(texts.first { $0[0] == answer[0] })[column]
      let best = try #require(classifier.classify(text).classes.first)
      #expect(best.name == answer[2])
      #expect(abs(Double(best.probability) - (Double(answer[3]) ?? 0)) < 2e-6)
    }
  }

  /// The fields of a table, its header first.
  func fields(_ table: String) throws -> [[String]] {
    try self.table(table).map { $0.split(separator: "|").map(String.init) }
  }
}
