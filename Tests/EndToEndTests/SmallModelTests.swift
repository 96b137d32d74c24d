import Fixtures
import Foundation
import Testing

/// The shipped definitions whose models are made in a moment, run as they are.
struct SmallModelTests {
  private static let ngrams = "n-grams that speak for and against each class"

  @Test(
    .timeLimit(.minutes(120)),
    arguments: [
      ("logistic", ngrams), ("naive-bayes", ngrams), ("fasttext", "inputs.weight"),
      ("mlp", "\nhidden2 "), ("cnn", "\nconvolutions.2 "), ("gru", "\ngru "),
      ("ensemble", "members"),
    ])
  func `a model of biographies beats the commonest class and is shown`(
    _ name: String, shown: String
  ) throws {
    let millrace = try Millrace()
    let folder = Folders.project.path
    let store = millrace.folder.path("store")
    let file = "pipelines/classify-bios-\(name).toml"
    func run(_ words: String) throws -> (output: String, exitCode: Int32, errors: String) {
      let result = try millrace.shell(
        "export MILLRACE_STORE='\(store)'; cd '\(folder)' && millrace \(words)")
      return (result.output, result.exitCode, result.errors)
    }
    let ran = try run("run \(file)")
    try #require(ran.exitCode == 0, "\(ran.output)\(ran.errors)")
    #expect(ran.output.contains(" of naive Bayes "))
    let scores = try run("show \(file) evaluate --json")
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(scores.output.utf8)) as? [String: Any])
    #expect(try #require(json["accuracy"] as? Double) > 0.85)
    #expect(try #require(json["naive-bayes-accuracy"] as? Double) > 0.8)
    let model = try run("show \(file) train.model")
    #expect(model.exitCode == 0)
    #expect(model.output.contains(shown), "\(model.output)")
    let path = millrace.folder.path("page.html")
    #expect(try run("report \(file) -o '\(path)'").exitCode == 0)
    let page = ReportPage(Substring(try String(contentsOfFile: path, encoding: .utf8)))
    let section = try #require(page.section("training-train"))
    #expect(section.html.contains(shown.trimmingCharacters(in: .whitespacesAndNewlines)))
    let answer = try run("classify \(file) --top 1 <<< 'She conducts a silent orchestra.'")
    #expect(answer.exitCode == 0 && answer.output.contains("\t0."), "\(answer.errors)")
    let again = try run("run \(file)")
    #expect(again.output.contains(/\n {2}0 ran, \d+ cached/))
  }
}
