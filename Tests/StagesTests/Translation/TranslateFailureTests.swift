import Diagnostics
import Fixtures
import Foundation
import PipelineFixtures
import Testing

/// What cannot be translated, and what hardly can.
@Suite(.timeLimit(.minutes(120)))
struct TranslateFailureTests {
  private static func translate(
    _ rows: String, _ options: String = ""
  ) throws -> PipelineResult {
    try PreparedPairs.run(
      """
      [stage.rows]
      kind = "load"
      path = "rows.tsv"
      source = "source"
      keep = "note"
      \(PreparedPairs.translate("rows"))
      \(options)
      """, training: "epochs = 1", files: ["rows.tsv": rows])
  }

  @Test func `rows without references, one row, and rows without words are translated`() throws {
    let one = try Self.translate("source\tnote\nThe dog sees a cat.\tx\n")
    #expect(one.failure == nil)
    #expect(try one.column("hypothesis", of: "translate").count == 1)
    #expect(try one.column("reference", of: "translate").isEmpty)
    let empty = try Self.translate("source\tnote\n\tx\nA dog.\ty\n  \tz\n")
    #expect(try empty.column("hypothesis", of: "translate")[0] == "")
    #expect(try empty.column("hypothesis", of: "translate")[2] == "")
    #expect(try empty.column("score", of: "translate").count == 3)
  }

  @Test func `a table without rows gives one without rows`() throws {
    let result = try PreparedPairs.run(
      """
      [stage.none]
      kind = "clean"
      from = "load"
      minimum-words = 50
      \(PreparedPairs.translate("none"))
      raw = true
      """, training: "epochs = 1")
    #expect(result.failure == nil)
    #expect(try result.table("translate").count == 1)
  }

  @Test func `a text longer than the model has positions for is cut, and that is told`() throws {
    let long = Array(repeating: "dog", count: 90).joined(separator: " ")
    let result = try Self.translate("source\tnote\n\(long)\tx\nA dog.\ty\n")
    #expect(result.failure == nil)
    #expect(
      result.notices.map(\.message.problem)
        == ["1 text had over 62 tokens: the rest was not translated"])
    let pieces = try result.column("source-pieces", of: "translate")
    #expect(pieces[0].split(separator: " ").count == 62)
  }

  @Test func `missing columns are named`() throws {
    let rows = "source\tnote\nA dog.\tx\n"
    let other = try Self.translate(rows, "source = \"notes\"")
    #expect(
      other.failure?.message.problem == "'rows' has no column 'notes'; did you mean 'note'?")
    let reference = try Self.translate(rows, "reference = \"target\"")
    #expect(reference.failure?.message.problem == "'rows' has no column 'target'")
  }

  @Test func `a classifier is no translator`() throws {
    let result = try Toy.pipeline().run(
      """
      \(Toy.definition("epochs = 1"))
      \(PreparedPairs.translate("split.test"))
      source = "text"
      """)
    #expect(result.failure?.message.problem == "'train' is no translator")
  }

  @Test(
    arguments: [
      ("n-best = 6", "a beam of 5 finds no 6 translations"),
      (
        "unknown-dictionary = \"pairs.tsv\"",
        "unknown-dictionary means nothing to replace-unknown = false"
      ),
      ("beam = 0", "beam is out of range"),
      ("tempreature = 2", "translate has no option 'tempreature'; did you mean 'temperature'?"),
    ]
  )
  func `options that make no sense are refused before anything runs`(
    _ option: String, _ problem: String
  ) throws {
    let definition = PreparedPairs.definition(
      "\(PreparedPairs.translate("load"))\n\(option)", training: "epochs = 1")
    let problems = try PreparedPairs.pipeline().problems(definition)
    #expect(problems.map(\.message.problem) == [problem])
  }

  @Test func `models with other vocabularies make no ensemble`() throws {
    let result = try PreparedPairs.run(
      """
      [stage.few-words]
      kind = "learn-vocabulary"
      from = "apply-bpe"
      boundaries = true
      size = 20
      [stage.fewer]
      kind = "binarize"
      from = "apply-bpe"
      source-vocabulary = "few-words"
      target-vocabulary = "few-words"
      [stage.other]
      kind = "train"
      from = "fewer"
      \(PairStages.shape(width: 8))
      epochs = 1
      \(PreparedPairs.translate("load"))
      also = "other"
      """, training: "epochs = 1")
    #expect(
      result.failure?.message.problem
        == "'other' and 'train' prepare text otherwise, or number its tokens otherwise")
  }
}
