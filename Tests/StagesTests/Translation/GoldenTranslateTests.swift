import Fixtures
import Formats
import Foundation
import PipelineFixtures
import Testing

/// A model that fairseq trained, imported, on a test set as text.
@Suite(.timeLimit(.minutes(120)))
struct GoldenTranslateTests {
  @Test func `an imported model reaches the BLEU that fairseq had with it`() throws {
    guard let golden = Folders.golden?.appending(path: "fairseq-multi30k-de-en"),
      let data = Folders.data?.appending(path: "translation/multi30k-de-en/tok"),
      [golden, data].allSatisfy({ FileManager.default.fileExists(atPath: $0.path) })
    else {
      Folders.sayNotRun("translating test_2016", missing: "MILLRACE_GOLDEN and MILLRACE_DATA")
      return
    }
    let text = data.appending(path: "test_2016_flickr.lc.norm.tok").path
    let result = try TemporaryPipeline().run(
      """
      [stage.model]
      kind = "import-convs2s"
      path = "\(golden.path)"
      [stage.load]
      files = { source = "\(text).de.gz", target = "\(text).en.gz" }
      [stage.translate]
      from = "load"
      model = "model"
      [stage.evaluate]
      from = "translate"
      metrics = "bleu4-tokenized"
      resamples = 0
      """, cores: 2)
    if let failure = result.failure { throw failure }
    let bleu = try #require(
      try result.json("evaluate.scores")["bleu4-tokenized"]?.doubleValue)
    #expect(abs(bleu - 41.36) < 0.05)
    let expected = try String(
      contentsOf: golden.appending(path: "test_2016.hypotheses.tsv"), encoding: .utf8
    ).split(separator: "\n").dropFirst()
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    let found = try result.column("hypothesis", of: "translate")
    let scores = try result.column("score", of: "translate").compactMap { Float($0) }
    try #require(found.count == expected.count)
    let equal = found.indices.filter { found[$0] == expected[$0][4] }
    #expect(equal.count >= 995, "\(equal.count) of \(found.count)")
    #expect(
      equal.allSatisfy { row in
        Float(expected[row][3]).map { abs($0 - scores[row]) < 1e-3 } ?? false
      })
    print("translating test_2016: BLEU4 \(bleu), \(equal.count) of \(found.count) as fairseq's")
  }
}
