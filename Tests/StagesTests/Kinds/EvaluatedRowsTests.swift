import PipelineFixtures
import Stages
import Testing
import Text

/// The tables that evaluations leave are read back as they were written.
@Suite(.timeLimit(.minutes(120)))
struct EvaluatedRowsTests {
  @Test func `predictions`() throws {
    let result = try Toy.pipeline().run(Toy.definition("epochs = 1"))
    let rows = try #require(try EvaluatedRows(of: result.record("evaluate"), in: result.store))
    guard case .predictions(let table) = rows else {
      Issue.record("\(rows)")
      return
    }
    let lines = table.rows.map { "\($0.origin)|\($0.label)|\($0.predicted)|\($0.probability)" }
    #expect(try lines == Array(result.table("evaluate.predictions").dropFirst()))
    #expect(rows.truths == table.rows.map { [$0.label] })
  }

  @Test func `losses of pairs`() throws {
    let result = try PreparedPairs.run(
      """
      [stage.evaluate]
      from = "binarize"
      model = "train"
      """, training: "epochs = 1")
    let rows = try #require(try EvaluatedRows(of: result.record("evaluate"), in: result.store))
    guard case .pairs(let table) = rows else {
      Issue.record("\(rows)")
      return
    }
    let lines = table.rows.map {
      "\($0.origin)|\($0.target)|\($0.tokenCount)|\($0.loss)|\($0.negativeLogLikelihood)|\($0.perplexity)"
    }
    #expect(try lines == Array(result.table("evaluate.predictions").dropFirst()))
  }

  @Test func `sentences with several references`() throws {
    let text = "h,a,b\nthe cat sat down here,the cat sat down here,a cat sat\nno,yes,maybe\n"
    let result = try TemporaryPipeline(files: ["rows.csv": text]).run(
      """
      [stage.load]
      path = "rows.csv"
      keep = ["h", "a", "b"]
      [stage.evaluate]
      from = "load"
      hypothesis = "h"
      reference = ["a", "b"]
      """)
    let rows = try #require(try EvaluatedRows(of: result.record("evaluate"), in: result.store))
    guard case .sentences(let table) = rows else {
      Issue.record("\(rows)")
      return
    }
    #expect(table.rows.map(\.hypothesis) == ["the cat sat down here", "no"])
    #expect(rows.truths == [["the cat sat down here", "a cat sat"], ["yes", "maybe"]])
    #expect(rows.origins == [Origin(line: 2), Origin(line: 3)])
    let header = try #require(try result.table("evaluate.sentences").first)
    #expect(header == (["line", "hypothesis", "a", "b"] + table.scoreNames).joined(separator: "|"))
    #expect(table.rows.allSatisfy { $0.scores.count == table.scoreNames.count })
  }

  @Test func `a stage that evaluates nothing has none`() throws {
    let result = try Toy.pipeline().run(Toy.definition("epochs = 1"))
    let rows = try EvaluatedRows(of: result.record("split"), in: result.store)
    #expect(rows.map { "\($0)" } == nil)
  }
}
