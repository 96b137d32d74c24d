import Artifacts
import Diagnostics
import Fixtures
import Glibc
import Metrics
import Pipelines
import Testing
import Views

/// Whether two evaluations differ by more than chance, on cases whose answer is known.
@Suite struct ScoreComparisonTests {
  private let folder: TemporaryFolder
  private let store: ArtifactStore

  init() throws {
    folder = try TemporaryFolder()
    store = ArtifactStore(root: folder.path("store"), isDurable: false)
  }

  @Test func `translations are tested as sacreBLEU tests them`() throws {
    guard let cases = try GoldenCases.all("paired_bootstrap", as: PairedBootstrapCase.self) else {
      Folders.sayNotRun("paired bootstrap of a comparison", missing: GoldenCases.missing)
      return
    }
    for golden in cases {
      let comparison = try compare(
        sentences(golden.a, golden.references, bleu: golden.bleu_a, size: 1),
        sentences(golden.b, golden.references, bleu: golden.bleu_b, size: 2))
      let line = try #require(comparison.lines.first { $0.name == "bleu" })
      let significance = try #require(line.significance)
      #expect(abs(significance.pValue - golden.p_value) < 0.02)
      let mean = try #require(significance.difference?.mean)
      #expect(abs(mean - (golden.mean_b - golden.mean_a)) < 0.3)
      #expect(comparison.rowCount == golden.references.count)
    }
    print("paired bootstrap of a comparison: \(cases.count) cases")
    #expect(!cases.isEmpty)
  }

  @Test func `accuracy is tested by McNemar's test, F1 by the bootstrap`() throws {
    let truth = (0..<200).map { $0 % 3 }
    let good = truth.enumerated().map { $0 % 10 == 0 ? ($1 + 1) % 3 : $1 }
    let bad = truth.enumerated().map { $0 % 4 == 1 ? ($1 + 1) % 3 : $1 }
    let comparison = try compare(predictions(bad, of: truth), predictions(good, of: truth))
    let accuracy = try #require(comparison.lines.first { $0.name == "accuracy" })
    #expect(accuracy.a == 0.75 && accuracy.b == 0.9)
    #expect(accuracy.significance?.test == "McNemar")
    #expect(
      accuracy.significance?.pValue == McNemarTest(onlyA: 20, onlyB: 50).pValue)
    let macro = try #require(comparison.lines.first { $0.name == "macro-f1" })
    #expect(macro.significance?.test == "paired bootstrap")
    #expect((macro.significance?.pValue ?? 1) < 0.01)
    #expect((macro.significance?.difference?.mean ?? 0) > 0.1)
  }

  @Test func `rows that only one was scored on are left out, in whatever order they come`() throws {
    let truth = (0..<100).map { $0 % 2 }
    let all = predictions(truth, of: truth)
    let order = Array((0..<90).reversed())
    let some = predictions(
      order.map { $0 == 7 ? 1 - truth[$0] : truth[$0] }, of: order.map { truth[$0] },
      lines: order.map { $0 + 1 })
    let comparison = try compare(all, some)
    #expect(comparison.rowCount == 90 && comparison.obstacle == nil)
    let accuracy = try #require(comparison.lines.first { $0.name == "accuracy" })
    #expect(accuracy.significance?.pValue == 1)
  }

  @Test func `other rows on the same lines are not taken for the same`() throws {
    let truth = (0..<100).map { $0 % 2 }
    let comparison = try compare(
      predictions(truth, of: truth), predictions(truth, of: truth.map { 1 - $0 }))
    #expect(comparison.obstacle == "the two were scored on other rows, so nothing can be tested")
    #expect(comparison.lines.allSatisfy { $0.significance == nil })
  }

  @Test func `rows that were evicted leave the scores and no test`() throws {
    let truth = (0..<50).map { $0 % 2 }
    let (a, b) = (
      try store.evaluate(predictions(truth, of: truth), "a"),
      try store.evaluate(predictions(truth.map { _ in 0 }, of: truth), "b")
    )
    try store.evict([try #require(b.output("predictions")).digest])
    let comparison = try compare(a, b)
    #expect(comparison.obstacle?.contains("no longer in the store") == true)
    #expect(comparison.lines.first?.a == 1)
  }

  private static let references = (0..<12).map { "The cat \($0) saw the dog of house \($0 % 5)." }
  private static let good = references.enumerated().map { index, text in
    index % 3 == 0 ? text.replacing("saw", with: "SAW") : text.uppercased()
  }
  private static let bad = references.map { $0.replacing("the dog", with: "A Bird or Two") }

  @Test(arguments: [
    ("", ""), ("lowercase", "true"), ("maximum-order", "2"), ("ter-case-sensitive", "true"),
  ])
  func `a measure is tested with the options that the stage had`(
    _ option: String, _ value: String
  ) throws {
    var bleu = BLEU()
    bleu.lowercase = option == "lowercase"
    if option == "maximum-order" { bleu.maximumOrder = 2 }
    var ter = TER()
    ter.isCaseSensitive = option == "ter-case-sensitive"
    let sides = [Self.good, Self.bad].map { hypotheses in
      sentences(
        hypotheses, Self.references,
        scores: [
          "bleu": bleu.value(of: hypotheses, against: [Self.references]),
          "ter": ter.value(of: hypotheses, against: [Self.references]),
        ])
    }
    let comparison = try compare(
      store.evaluate(sides[0], "a", (option, value)),
      store.evaluate(sides[1], "b", (option, value)))
    for name in ["bleu", "ter"] {
      let line = try #require(comparison.lines.first { $0.name == name })
      let significance = try #require(line.significance, "\(line.untested ?? "")")
      #expect(abs(significance.scores.a - line.a) < 1e-9)
    }
  }

  @Test func `what cannot be tested is said with its reason`() throws {
    let sides = [(Self.good, 40.0), (Self.bad, 30.0)].map { hypotheses, score in
      sentences(
        hypotheses, Self.references, scores: ["bleu": score, "bleu4-tokenized": score],
        signature: "case:mixed|tok:\(score)")
    }
    let comparison = try compare(sides[0], sides[1])
    #expect(
      comparison.lines.map(\.untested) == [
        "the two are not one measure: tok:40.0 and tok:30.0",
        "the tokens it is computed from are not kept",
      ])
    let text = comparison.text(width: 100)
    #expect(
      text.contains("bleu4-tokenized is not tested: the tokens it is computed from are not kept"))
    #expect(text.contains { $0.hasPrefix("bleu ") && $0.contains("  40.00  30.00  -10.00") })
  }

  @Test func `scores that the kept rows do not give are not tested with them`() throws {
    let sides = [(Self.good, 40.0), (Self.bad, 30.0)].map {
      sentences($0.0, Self.references, scores: ["bleu": $0.1])
    }
    let comparison = try compare(sides[0], sides[1])
    #expect(comparison.lines.first?.significance == nil)
    #expect(comparison.lines.first?.untested?.contains("do not give the scores") == true)
  }

  @Test func `perplexity is tested by the pairs' losses`() throws {
    let (a, b) = (pairs { 1 + Double($0 % 3) / 10 }, pairs { 2 + Double($0 % 4) / 10 })
    let comparison = try compare(a, b)
    let line = try #require(comparison.lines.first { $0.name == "perplexity" })
    #expect(line.significance?.test == "paired bootstrap")
    #expect(line.significance?.pValue == line.significance?.leastPValue)
    #expect(comparison.text(width: 100).contains { $0.contains("≤ 0.001") })
  }

  @Test func `the probability of true classes is not kept, and log-loss not tested for it`() throws
  {
    let truth = (0..<20).map { $0 % 2 }
    var (a, b) = (predictions(truth, of: truth), predictions(truth, of: truth))
    a.scores = a.scores.replacing("{", with: "{\"log-loss\": 0.5, ")
    b.scores = b.scores.replacing("{", with: "{\"log-loss\": 0.25, ")
    let line = try #require(try compare(a, b).lines.first { $0.name == "log-loss" })
    #expect(line.untested == "of wrong rows the probability of the true class is not kept")
  }

  private func pairs(_ loss: (Int) -> Double) -> Evaluation {
    let losses = (0..<40).map(loss)
    let rows = losses.enumerated().map { "\($0 + 1)\ttarget \($0)\t2\t9\t\($1)\t9\n" }
    let mean = losses.reduce(0, +) / 40
    return (
      "predictions", "line\ttarget\ttokens\tloss\tnll\tperplexity\n" + rows.joined(),
      "{\"perplexity\": \(exp(mean)), \"pairs\": 40}"
    )
  }

  private func sentences(
    _ hypotheses: [String], _ references: [String], scores: [String: Double],
    signature: String? = nil
  ) -> Evaluation {
    let rows = zip(hypotheses, references).enumerated().map { index, pair in
      "\(index + 1)\t\(pair.0)\t\(pair.1)\t0.5\n"
    }
    let members = scores.sorted { $0.key < $1.key }.map { name, value in
      "\"\(name)\": \(value)"
        + (name == "bleu" ? signature.map { ", \"bleu-signature\": \"\($0)\"" } ?? "" : "")
    }
    return (
      "sentences", "line\thypothesis\treference\tbleu\n" + rows.joined(),
      "{\(members.joined(separator: ", "))}"
    )
  }

  private typealias Evaluation = (port: String, table: String, scores: String)

  private func compare(_ a: Evaluation, _ b: Evaluation) throws -> ScoreComparison {
    try compare(store.evaluate(a, "a"), store.evaluate(b, "b"))
  }

  private func compare(_ a: Record, _ b: Record) throws -> ScoreComparison {
    let comparison = try ResultComparison(
      ComparedResult("a", [("evaluate", a)]), ComparedResult("b", [("evaluate", b)]), in: store)
    return try #require(comparison.scores.first)
  }

  private func sentences(
    _ hypotheses: [String], _ references: [String], bleu: Double, size: Int
  ) -> Evaluation {
    let rows = zip(hypotheses, references).enumerated().map { index, pair in
      "\(index + 1)\t\(pair.0)\t\(pair.1)\t0.5\n"
    }
    return (
      "sentences", "line\thypothesis\treference\tbleu\n" + rows.joined(),
      "{\"bleu\": \(bleu), \"sentences\": \(size)}"
    )
  }

  private func predictions(_ said: [Int], of truth: [Int], lines: [Int]? = nil) -> Evaluation {
    let rows = zip(truth, said).enumerated().map { index, pair in
      "\(lines?[index] ?? index + 1)\tclass \(pair.0)\tclass \(pair.1)\t0.5\n"
    }
    var matrix = ConfusionMatrix(classCount: 3)
    for (truth, said) in zip(truth, said) { matrix.add(true: truth, predicted: said) }
    let macro = matrix.average(.macro).f1
    return (
      "predictions", "line\tlabel\tpredicted\tprobability\n" + rows.joined(),
      "{\"accuracy\": \(matrix.accuracy), \"macro-f1\": \(macro)}"
    )
  }
}

extension ArtifactStore {
  /// Records an evaluation that gave these scores and this table of rows.
  fileprivate func evaluate(
    _ evaluation: (port: String, table: String, scores: String), _ name: String,
    _ options: (String, String) = ("", "")
  ) throws(Diagnostic) -> Record {
    let outputs = [
      try output("scores", "scores", evaluation.scores),
      try output(evaluation.port, "table", evaluation.table),
    ]
    return try commit(
      Record(
        keyText: StageKey(
          lines: [("kind", "evaluate 1"), ("name", name), options].filter { !$0.0.isEmpty }
            .map { StageKey.Line(name: $0.0, value: $0.1) }
        ).text, outputs: outputs))
  }
}
