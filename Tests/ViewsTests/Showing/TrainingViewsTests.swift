import Artifacts
import Digests
import Formats
import Pipelines
import Testing
import Views

@Suite struct `What training gave is shown` {
  private let sample: StoredSample

  init() throws { sample = try StoredSample() }

  private static func epoch(_ number: Int, loss: Double, valid: Double, f1: Double) -> JSONValue {
    [
      "epoch": .integer(number), "loss": .number(loss),
      "scores": ["loss": .number(valid), "macro-f1": .number(f1)], "learning-rate": 0.002,
      "gradient-norm": 1.5, "steps": 10, "rows": 100, "tokens": 4000,
    ]
  }

  private static let history: JSONValue = .array([
    epoch(1, loss: 2, valid: 1.5, f1: 0.5), epoch(2, loss: 1, valid: 0.8, f1: 0.875),
    epoch(3, loss: 0.5, valid: 0.9, f1: 0.75),
  ])

  @Test func `a history, with its best epoch by the score that was watched`() throws {
    let view = try sample.view(
      of: try sample.stored(Self.history.compact), "history",
      key: ("watch", "macro-f1"),
      facts: [.init("epoch-seconds", [1.5, 2.5])])
    #expect(view.json["best-epoch"] == 2)
    #expect(
      view.text(width: 80).first
        == "3 epochs, training loss 2.0000 → 0.5000; best epoch 2 (valid macro-f1 0.8750)")
    #expect(
      Array(view.text(width: 80).suffix(5)) == [
        "epoch    loss  valid loss  valid macro-f1     rate  gradient   time",
        "─────  ──────  ──────────  ──────────────  ───────  ────────  ─────",
        "    1  2.0000      1.5000          0.5000  0.00200     1.500",
        "    2  1.0000      0.8000          0.8750  0.00200     1.500  1.5 s  ← best",
        "    3  0.5000      0.9000          0.7500  0.00200     1.500  2.5 s",
      ])
  }

  @Test func `a history wide enough shows the speed of the epochs of the last run`() throws {
    let view = try sample.view(
      of: try sample.stored(Self.history.compact), "history",
      facts: [
        .init("epoch-seconds", [1.5, 2.5]), .init("epoch-tokens-per-second", [2667, 1600]),
      ])
    #expect(view.json["tokens-per-second"] == [.null, 2667.0, 1600.0])
    #expect(view.json["seconds"] == [.null, 1.5, 2.5])
    let last = try #require(view.text(width: 160).last)
    #expect(last.contains("  1,600  ") && last.contains("  4,000  "))
  }

  @Test func `of a mean of epochs the model is said, and its epochs are marked`() throws {
    let view = try sample.view(
      of: try sample.stored(Self.history.compact), "history",
      facts: [
        .init("averaged-epochs", [2, 3]), .init("averaged-scores", ["loss": 0.75]),
        .init("smoothing", "(1 − ε) · nll"),
      ])
    let text = view.text(width: 160)
    #expect(
      text.first == "3 epochs, training loss 2.0000 → 0.5000 (smoothed); the model is the mean of"
        + " epochs 2, 3 (valid loss 0.7500 (smoothed)); best single epoch 2 (valid loss 0.8000"
        + " (smoothed))")
    #expect(text.suffix(3).map { $0.hasSuffix("← in the mean") } == [false, true, true])
    #expect(text.suffix(5).first?.contains("valid loss (smoothed)") == true)
    #expect(view.json["averaged-epochs"] == [2, 3])
  }

  @Test func `a history before its first epoch's end`() throws {
    let view = try sample.view(of: try sample.stored("[]"), "history")
    #expect(view.text(width: 80).first == "no epoch has ended")
  }

  @Test func `naive Bayes has a column beside the model's where its scores are stored`() throws {
    let scores = """
      {"accuracy":0.75,"macro-f1":0.7333,"rows":4,"majority-class":"nurse","majority-accuracy":0.5,
       "majority-macro-f1":0.3333,"naive-bayes-accuracy":0.5,"naive-bayes-macro-f1":0.25,
       "classes":[{"class":"chef"},{"class":"nurse"}],"confusion":[[1,1],[0,2]]}
      """
    let view = try sample.view(of: try sample.stored(scores), "scores")
    #expect(
      view.text(width: 80).prefix(5) == [
        "score      model  naive Bayes  always 'nurse'",
        "────────  ──────  ───────────  ──────────────",
        "macro-f1  0.7333       0.2500          0.3333",
        "accuracy  0.7500       0.5000          0.5000",
        "rows           4",
      ])
  }

  @Test func `a classifier's scores, beside what the commonest class would score`() throws {
    let scores = """
      {"accuracy":0.75,"macro-f1":0.7333,"log-loss":0.5,"rows":4,"majority-class":"nurse",
       "majority-accuracy":0.5,"majority-macro-f1":0.3333,"micro-f1":0.75,"weighted-f1":0.7333,
       "classes":[{"class":"chef"},{"class":"nurse"}],"confusion":[[1,1],[0,2]]}
      """
    let view = try sample.view(of: try sample.stored(scores), "scores")
    #expect(
      view.text(width: 80) == [
        "score         model  always 'nurse'",
        "───────────  ──────  ──────────────",
        "macro-f1     0.7333          0.3333",
        "accuracy     0.7500          0.5000",
        "weighted-f1  0.7333          0.3333",
        "log-loss     0.5000",
        "micro-f1     0.7500          0.5000",
        "rows              4",
        "",
        "class       precision  recall      F1       95 %  support",
        "──────────  ─────────  ──────  ──────  ─────────  ───────",
        "chef           1.0000  0.5000  0.6667  0.17–0.95        2",
        "nurse          0.6667  1.0000  0.8000  0.34–0.97        2",
        "(macro)        0.8333  0.7500  0.7333                   4",
        "(micro)        0.7500  0.7500  0.7500                   4",
        "(weighted)     0.8333  0.7500  0.7333                   4",
        "",
        "confusion: rows are true, columns predicted",
        "          a b   ← predicted",
        "chef   a▕ 1 1",
        "nurse  b▕ · 2",
        "",
        "most confused",
        "true  taken for  rows  of class",
        "────  ─────────  ────  ────────",
        "chef  nurse         1    50.0 %",
      ])
    // What follows from the counts is added.
    let chef = view.json["classes"]?.arrayValue?.first
    #expect(chef?["f1-lower"]?.doubleValue.map { Int($0 * 100) } == 17)
    #expect(chef?["f1-upper"]?.doubleValue.map { Int($0 * 100) } == 95)
    #expect(view.json["majority-micro-f1"]?.doubleValue == 0.5)
    #expect(view.json["majority-macro-f1"]?.doubleValue == 0.3333)
  }

  @Test func `translations' scores, with intervals, signatures, precisions and lengths`() throws {
    let scores = """
      {"bleu":41.361,"bleu-signature":"nrefs:1|case:mixed","bleu-mean":41.4,"bleu-interval":1.25,
       "bleu-precisions":[70.5,50.25],"bleu-brevity-penalty":0.99,"bleu-length-ratio":0.991,
       "bleu-hypothesis-length":4512,"bleu-reference-length":4552,
       "bleu-by-length":[{"from-words":1,"to-words":5,"sentences":78,"score":40.5}],
       "bleu-line":"BLEU = 41.36 70.5/50.2 (BP = 0.990)",
       "ter":12.5,"ter-signature":"nrefs:1|case:lc","sentences":500}
      """
    let view = try sample.view(of: try sample.stored(scores), "scores")
    #expect(
      view.text(width: 80) == [
        "500 sentences; ± 95 %: half the width of what 95 % of resampled ones score", "",
        "score  value  ± 95 %   mean",
        "─────  ─────  ──────  ─────",
        "bleu   41.36    1.25  41.40",
        "ter    12.50",
        "",
        "bleu  nrefs:1|case:mixed",
        "ter   nrefs:1|case:lc",
        "", "precisions",
        "score  1-gram  2-gram  brevity penalty  length ratio  words  reference",
        "─────  ──────  ──────  ───────────────  ────────────  ─────  ─────────",
        "bleu    70.50   50.25            0.990         0.991  4,512      4,552",
        "", "bleu by the words of the reference",
        "words  sentences   bleu",
        "─────  ─────────  ─────",
        "  1–5         78  40.50",
        "", "as other programs print it",
        "bleu  BLEU = 41.36 70.5/50.2 (BP = 0.990)",
      ])
    #expect(view.json == (try JSONValue(parsing: Array(scores.utf8), file: "scores")))
  }

  @Test func `any other scores, each by its name`() throws {
    let view = try sample.view(
      of: try sample.stored(#"{"nll":41.36,"rows":1000,"tokens":{"source":7}}"#),
      "scores")
    #expect(
      view.text(width: 80) == [
        "nll            41.36", "rows           1,000", "tokens source  7",
      ])
  }

  @Test func `a record, its key in columns and its examples a line each`() {
    let rows = StageKey.value(of: BLAKE3.digest(of: "rows"))
    let record = Record(
      keyText: StageKey(lines: [
        .init(name: "kind", value: "clean 1"), .init(name: "lowercase", value: "true"),
        .init(name: "from", value: rows),
      ]).text, outputs: [],
      facts: [
        .init("rows", 6000), .init("dropped", ["empty": 2]),
        .init("dropped-examples", ["empty": ["line 3: ", "line 9: "]]),
        .init("summary", "6,000 rows"),
      ], seconds: 8.44, host: "here", tool: "millrace 1", when: "2026-11-22T00:52:37Z")
    #expect(
      RecordView(record, of: "clean").text(width: 80) == [
        "clean: clean 1", "2026-11-22T00:52:37Z, 8.4 s, on here by millrace 1", "",
        "lowercase true         from \(rows.prefix(15))",
        "", "rows: 6,000", "dropped: empty 2", "dropped-examples", "  empty: line 3: ",
        "  empty: line 9: ",
      ])
  }
}
