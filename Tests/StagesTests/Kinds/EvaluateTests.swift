import Diagnostics
import Formats
import PipelineFixtures
import Pipelines
import Stages
import Sweeps
import Testing

@Suite(.timeLimit(.minutes(120)))
struct EvaluateTests {
  @Test func `the scores are those of the predictions`() throws {
    let result = try Toy.pipeline().run(Toy.definition("epochs = 8\nlearning-rate = 0.02"))
    let scores = try result.json("evaluate.scores")
    let rows = try result.table("evaluate.predictions").map {
      $0.split(separator: "|").map(String.init)
    }
    #expect(rows[0] == ["line", "label", "predicted", "probability"])
    let predictions = rows.dropFirst()
    #expect(predictions.count == 8)
    let right = predictions.count { $0[1] == $0[2] }
    #expect(scores["accuracy"]?.doubleValue == Double(right) / 8)
    #expect(scores["micro-f1"]?.doubleValue == Double(right) / 8)
    #expect(scores["rows"] == 8)
    #expect(predictions.allSatisfy { (0.5...1).contains(Double($0[3]) ?? 0) })
    for (position, name) in ["bad", "good"].enumerated() {
      let row = ["bad", "good"].map { other in
        predictions.count { $0[1] == name && $0[2] == other }
      }
      #expect(scores["confusion"]?.arrayValue?[position] == .array(row.map { .integer($0) }))
      let entry = scores["classes"]?.arrayValue?[position]
      #expect(entry?["class"]?.stringValue == name)
      #expect(entry?["support"]?.intValue == row.reduce(0, +))
    }
  }

  @Test func `the scores stand flat under fixed names`() throws {
    let result = try Toy.pipeline().run(Toy.definition("epochs = 1"))
    let scores = try result.json("evaluate.scores")
    for name in [
      "accuracy", "macro-f1", "micro-f1", "weighted-f1", "macro-precision", "macro-recall",
      "log-loss", "majority-accuracy", "majority-macro-f1",
    ] {
      let value = try #require(scores[name]?.doubleValue, "no score \(name)")
      #expect(value >= 0 && (value <= 1 || name == "log-loss"))
    }
    #expect(scores["majority-class"] == "good")
    for name in ["accuracy", "macro-f1", "micro-f1", "weighted-f1", "log-loss"] {
      #expect(scores["naive-bayes-\(name)"]?.doubleValue != nil, "no naive-bayes-\(name)")
    }
    #expect(scores["majority-accuracy"] == 0.625)
  }

  @Test func `the baselines are models made from the rows that the model was trained on`() throws {
    let result = try Toy.pipeline().run(
      Toy.definition("epochs = 1") + """

        [stage.naive-bayes]
        kind = "train"
        model = "naive-bayes"
        from = "binarize.train"
        [stage.score-naive-bayes]
        kind = "evaluate"
        from = "binarize.test"
        model = "naive-bayes"
        """)
    if let failure = result.failure { throw failure }
    let scores = try result.json("evaluate.scores")
    let own = try result.json("score-naive-bayes.scores")
    for name in ["accuracy", "macro-f1", "log-loss"] {
      #expect(scores["naive-bayes-\(name)"] == own[name])
      #expect(own["naive-bayes-\(name)"] == own[name])
    }
    let rows = try result.digest("binarize.train")
    #expect(try result.keyText("evaluate").contains(StageKey.value(of: rows)))
    let summary = try #require(try result.fact("evaluate", "summary")?.stringValue)
    #expect(
      summary.contains("(macro-f1 of naive Bayes ") && summary.contains(", of always 'good' "))
    #expect(result.plan.warnings.isEmpty, "\(result.plan.warnings)")
  }

  @Test func `metrics chooses what is told, and a name that the model has not is refused`() throws {
    let chosen = Toy.definition("epochs = 1") + "\nmetrics = [\"log-loss\", \"accuracy\"]\n"
    let result = try Toy.pipeline().run(chosen)
    let summary = try #require(try result.fact("evaluate", "summary")?.stringValue)
    #expect(
      summary.wholeMatch(of: /accuracy \d\.\d{4}  log-loss \d\.\d{4}  \(accuracy of naive .*\)/)
        != nil)
    let refused = Toy.definition("epochs = 1") + "\nmetrics = \"perplexity\"\n"
    let problems = Plan.check(
      Array(refused.utf8), file: "pipeline.toml", overlay: [], catalog: .standard
    ).problems
    #expect(problems.map(\.message.problem) == ["the model has no score 'perplexity'"])
  }

  @Test func `rows keep the lines they were loaded from`() throws {
    let result = try Toy.pipeline().run(Toy.definition("epochs = 1"))
    let scored = try result.table("evaluate.predictions").compactMap {
      Int($0.prefix { $0 != "|" })
    }
    let test = try result.table("split.test").compactMap { Int($0.prefix { $0 != "|" }) }
    #expect(scored.sorted() == test)
  }

  @Test func `data that was not made for the model is refused`() throws {
    let result = try Toy.pipeline().run(
      Toy.definition("epochs = 1") + """

        [stage.other-words]
        kind = "learn-vocabulary"
        from = "split.train"
        size = 4
        [stage.other]
        kind = "binarize"
        from = "split"
        vocabulary = "other-words"
        [stage.wrong]
        kind = "evaluate"
        from = "other.test"
        model = "train"
        """)
    #expect(
      result.failure?.message.problem
        == "'other.test' was not made for 'train': its classes or its vocabulary are others")
  }
}
