import Testing

/// `score`: translations beside their references, without a definition.
@Suite struct `Scoring translations` {
  private static let files = [
    "short": "One line.\n", "empty": "",
    "right": """
    The dog bit the man.
    It was not surprising.
    The man had just bitten him.
    He went home fast.
    We saw three ships today.

    """,
    "loud": """
    THE DOG BIT THE MAN.
    IT WAS NOT SURPRISING.
    THE MAN HAD JUST BITTEN HIM.
    HE WENT HOME FAST.
    WE SAW THREE SHIPS TODAY.

    """,
    "first": """
    The dog bit the man.
    It was not unexpected.
    The man bit him first.
    He went home quickly.


    """,
    "second": """
    The dog bit a man.
    It wasn't surprising.
    The man had bitten him.
    He walked home fast.
    We saw 3 ships today.

    """,
  ]

  private let millrace: Millrace

  init() throws { millrace = try Millrace(files: Self.files) }

  /// The lines with the program's version left out.
  private func lines(_ finished: Finished) -> [String] {
    finished.output.split(separator: "\n").map { line in
      String(line.replacing(/version:[^ |]*/, with: "version:X").drop { $0 == " " })
    }
  }

  @Test func `lines are sacreBLEU's but for the version, an empty hypothesis included`() throws {
    let scored = try millrace("score", "first", "right", "-m", "bleu", "chrf", "ter")
    #expect(
      lines(scored) == [
        "BLEU|nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:X = 35.8"
          + " 81.8/55.6/42.9/30.0 (BP = 0.727 ratio = 0.759 hyp_len = 22 ref_len = 29)",
        "chrF2|nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:X = 42.3",
        "TER|nrefs:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:X = 45.8",
      ])
    #expect(scored.exitCode == 0)
  }

  @Test func `hypotheses come from standard input where a file of references stands alone`() throws
  {
    let named = try millrace("score", "first", "right")
    let hypotheses = Self.files["first"] ?? ""
    #expect(try millrace("score", "right", input: hypotheses).output == named.output)
    #expect(try millrace("score", "-", "right", input: hypotheses).output == named.output)
    #expect(try millrace("score", "right", "--input", "first").output == named.output)
    #expect(!named.output.isEmpty)
  }

  @Test func `several references count together, and case not at all when asked`() throws {
    let scored = try millrace("score", "first", "right", "loud", "-lc", "-w", "2")
    #expect(lines(scored).first?.hasPrefix("BLEU|nrefs:2|case:lc|") == true)
    let numbers = try millrace("score", "first", "loud", "-b", "--lowercase")
    #expect(numbers.output == "35.8\n")
    #expect(try millrace("score", "first", "loud", "-b").output < numbers.output)
  }

  @Test func `two systems are tested against each other by either test`() throws {
    let table = try millrace(
      "score", "right", "-i", "first", "second", "--paired", "--samples", "99")
    #expect(table.output.contains("p = ") && table.output.contains("|bs:99|seed:12345|"))
    let words = ["right", "-i", "first", "second", "--paired-ar", "--samples", "99", "--json"]
    let json = try millrace.shell("millrace score " + words.joined(separator: " ")).json
    let scores = (json as? [String: Any])?["scores"] as? [[String: Any]] ?? []
    #expect(scores.map { $0["system"] as? String } == ["first", "second"])
    #expect(scores.first?["p-value"] == nil)
    let pValue = try #require(scores.last?["p-value"] as? Double)
    #expect(pValue > 0 && pValue <= 1)
  }

  @Test func `single lines are scored, as many as there are`() throws {
    let scored = try millrace("score", "first", "right", "-sl", "-m", "chrf", "-b", "-w", "2")
    #expect(scored.output.split(separator: "\n").first == "100.00")
    #expect(scored.output.split(separator: "\n").count == 5)
  }

  @Test(arguments: [
    (["short", "right"], "short has 1 line, but right has 5"),
    (["empty", "empty"], "empty has no lines"),
    (["first", "right", "-m", "bleau"], "'bleau' is no metrics; did you mean 'bleu'?"),
    (["first", "right", "--paired"], "there is one system, so none to compare it with"),
    (["right", "-i", "first", "first"], "the hypotheses 'first' are given twice"),
    (["first", "right", "-sl", "-m", "bleu", "ter"], "single lines are scored by one metric"),
    (["first", "right", "--smooth-value", "-1"], "--smooth-value wants a number from 0"),
    (["-", "-"], "standard input is named twice"),
    (["first", "absent"], "'absent'"),
  ])
  func `what cannot be scored is refused in a sentence`(words: [String], problem: String) throws {
    let refused = try millrace.shell("millrace score \(words.joined(separator: " ")) < /dev/null")
    #expect(refused.exitCode == 2 && refused.output.isEmpty)
    #expect(refused.errors.contains(problem), "\(refused.errors)")
  }
}
