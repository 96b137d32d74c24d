import Fixtures
import Formats
import Foundation
import PipelineFixtures
import Testing

/// sacreBLEU's scores of whole corpora, through the stage.
@Suite(.timeLimit(.minutes(120)))
struct GoldenTranslationScores {
  @Test func `scores, signatures and sentence scores are sacreBLEU's`() throws {
    guard let folder = Folders.golden else {
      Folders.sayNotRun("evaluate on translations", missing: "MILLRACE_GOLDEN")
      return
    }
    var count = 0
    for file in Folders.files(below: folder, ending: ".json")
    where file.lastPathComponent.hasPrefix("metrics") {
      let json = try JSONValue(parsing: Array(Data(contentsOf: file)), file: file.lastPathComponent)
      for corpus in json["translation"]?.arrayValue ?? [] { count += try check(corpus) }
    }
    print("evaluate on translations: \(count) scores")
    #expect(count > 0)
  }

  /// Runs one stage for each score of a corpus; returns how many scores were compared.
  private func check(_ corpus: JSONValue) throws -> Int {
    let hypotheses = try #require(texts(corpus["hypotheses"]))
    let references = try #require(corpus["references"]?.arrayValue).map { texts($0) ?? [] }
    let expected = try #require(corpus["scores"]?.arrayValue)
    let names = references.indices.map { "reference-\($0 + 1)" }
    var definition = """
      [stage.load]
      kind = "load"
      path = "pairs.csv"
      keep = ["hypothesis", \(names.map { "\"\($0)\"" }.joined(separator: ", "))]

      """
    for (index, score) in expected.enumerated() {
      definition += """
        [stage.score-\(index)]
        kind = "evaluate"
        from = "load"
        reference = [\(names.map { "\"\($0)\"" }.joined(separator: ", "))]
        resamples = 0
        \(try options(of: score))

        """
    }
    var csv = (["hypothesis"] + names).joined(separator: ",") + "\n"
    for (index, hypothesis) in hypotheses.enumerated() {
      let row = [hypothesis] + references.map { $0[index] }
      csv += row.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\n"
    }
    let result = try TemporaryPipeline(files: ["pairs.csv": csv]).run(definition)
    for (index, score) in expected.enumerated() {
      let name = try metric(of: score)
      let scores = try result.json("score-\(index).scores")
      let wanted = try #require(score["score"]?.doubleValue)
      let place = "\(corpus["name"]?.compact ?? ""): \(score["signature"]?.compact ?? "")"
      #expect(isClose(scores[name], wanted), "\(place)")
      #expect(
        withoutVersion(scores["\(name)-signature"]) == withoutVersion(score["signature"]),
        "\(place)")
    }
    return expected.count + (try checkSentences(of: corpus, in: result))
  }

  /// The first score of a corpus is BLEU as it comes, which the sentence scores belong to.
  private func checkSentences(of corpus: JSONValue, in result: PipelineResult) throws -> Int {
    let expected = corpus["sentence_bleu"]?.arrayValue?.compactMap(\.doubleValue) ?? []
    let found = try result.text("score-0.sentences").split(separator: "\n").dropFirst()
      .map { $0.split(separator: "\t").last.flatMap { Double($0) } ?? -1 }
    for (index, (score, wanted)) in zip(found, expected).enumerated() {
      #expect(abs(score - wanted) < 1e-6, "sentence \(index): \(score), not \(wanted)")
    }
    return expected.count
  }

  private func metric(of score: JSONValue) throws -> String {
    switch (score["metric"], score["options"]?["word_order"]) {
    case ("bleu", _): "bleu"
    case ("ter", _): "ter"
    case ("chrf", 2): "chrf2++"
    case ("chrf", nil): "chrf2"
    default: throw TestProblem("no name for \(score["metric"]?.compact ?? "nothing")")
    }
  }

  /// sacreBLEU's options as those of the stage.
  private func options(of score: JSONValue) throws -> String {
    let names = [
      "lowercase": "lowercase", "tokenize": "tokenizer", "smooth_method": "smoothing",
      "smooth_value": "smoothing-value", "effective_order": "effective-order",
      "max_ngram_order": "maximum-order", "char_order": "character-order",
      "whitespace": "keep-space", "normalized": "ter-normalize",
      "no_punct": "ter-no-punctuation", "asian_support": "ter-asian",
      "case_sensitive": "ter-case-sensitive",
    ]
    var lines = ["metrics = \"\(try metric(of: score))\""]
    for option in score["options"]?.objectValue ?? [] where option.name != "word_order" {
      guard let name = names[option.name] else { throw TestProblem("no option \(option.name)") }
      lines.append("\(name) = \(option.value.compact)")
    }
    return lines.joined(separator: "\n")
  }

  private func texts(_ json: JSONValue?) -> [String]? {
    json?.arrayValue?.compactMap(\.stringValue)
  }

  private func withoutVersion(_ signature: JSONValue?) -> String {
    (signature?.stringValue ?? "").split(separator: "|").filter { !$0.hasPrefix("version:") }
      .joined(separator: "|")
  }
}

/// What a test cannot go on with.
struct TestProblem: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
