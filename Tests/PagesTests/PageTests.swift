import Formats
import Foundation
import Pages
import PipelineFixtures
import Pipelines
import Testing
import Views

/// What stands on a page, and in which order.
struct PageTests {
  /// Each word is in one class's texts alone, so that a text of three is one class's beyond doubt.
  private static let training =
    "label,text\n"
    + (0..<20).map { "good,lovely bright \($0)\nbad,dull cold \($0)\n" }.joined()
  private static let test = """
    label,text
    good,lovely bright
    bad,dull cold
    good,lovely bright 3
    bad,lovely bright lovely bright
    good,dull

    """
  private static let definition = "name = \"films\"\n\(Toy.naiveBayes)"

  private let result: PipelineResult

  init() throws {
    result = try TemporaryPipeline(files: ["train.csv": Self.training, "test.csv": Self.test])
      .run(Self.definition)
    if let failure = result.failure { throw failure }
  }

  /// - Parameter stageCount: how many stages the page is to show, all of them again and again; nil for
  ///   those of the pipeline.
  private func report(
    _ state: Assessment.State = .cached, stageCount: Int? = nil
  ) throws -> PipelineReport {
    let all = try result.plan.stages.map {
      ReportedStage($0, $0.name == "evaluate" ? state : .cached, try result.record($0.name))
    }
    let stages = (0..<(stageCount ?? all.count)).map { all[$0 % all.count] }
    return PipelineReport(
      of: result.plan.definition, stages, in: result.store, with: ReportedSettings(given: []),
      command: "millrace run films.toml")
  }

  /// The words of a page between one element and another.
  private func words(
    of html: String, from start: String, to end: String
  ) throws -> String {
    let first = try #require(html.range(of: start))
    let last = try #require(html.range(of: end, range: first.upperBound..<html.endIndex))
    return String(html[first.upperBound..<last.lowerBound]).replacing(/<[^>]*>/, with: "")
  }

  @Test func `the scores come first, and what they were made from last`() throws {
    let page = try result.page()
    let order = page.matches(of: /<section id="([^"]*)"/).map { String($0.1) }
    #expect(
      order == [
        "scores-evaluate", "mistakes-evaluate", "training-train", "data", "stages", "lineage",
      ])
  }

  @Test func `of many stages there is a folded table and no drawing`() throws {
    let drawing = "Solid boxes are up to date"
    #expect(try report().page().html.contains(drawing))
    let page = try report(stageCount: 301).page().html
    #expect(!page.contains(drawing))
    #expect(page.contains("<summary>All 301 stages</summary>"))
  }

  @Test func `the header is a verdict`() throws {
    let header = try words(of: try result.page(), from: "<header>", to: "</header>")
    for claim in [
      "macro-f1 ± 95 %", "from the stage evaluate, on 5 rows",
      "not clearly different from naive Bayes (0.5833) and always ‘bad’ (0.2857).",
      "half the width of what 95 % of resampled rows score; of one run with one seed",
      "1 of 5 rows is also in train, so the scores tell too much.", "yes; 6 stages",
      "how much another seed would change the score.",
    ] { #expect(header.contains(claim), "\(claim): \(header)") }
  }

  @Test func `what is not up to date is said in the header`() throws {
    let page = try report(.run).page().html
    let header = try words(of: page, from: "<header>", to: "</header>")
    #expect(header.contains("no: evaluate. What is shown of them is their last result."))
  }

  @Test func `a label that the model finds very unlikely is listed as a possible error`() throws {
    let page = try result.page()
    let doubts = try words(
      of: page, from: "Possible label errors: all 1<", to: "Most confident other mistakes")
    #expect(doubts.contains("another class at least 95 % and the label at most 1 %"))
    #expect(doubts.contains("lovely bright lovely bright"))
    let others = try words(
      of: page, from: "Most confident other mistakes: all 1<", to: "Rows behind the cells")
    // One word may be chance: the label still has some per cent.
    #expect(others.contains("dull") && !others.contains("lovely bright lovely bright"))
  }

  @Test func `classes stand in the order of their F1, with intervals that hold it`() throws {
    let scores = try result.shown("evaluate", "scores", RowSelection()).json
    let classes = ScoredClass.all(of: scores)
    #expect(classes.count == 2)
    for entry in classes {
      let interval = try #require(entry.interval)
      #expect(interval.contains(entry.f1) && interval.lowerBound < interval.upperBound)
    }
    let table = try words(
      of: try result.page(), from: "By class, the weakest first", to: "95 %: where")
    let weakest = try #require(classes.min { ($0.f1, $0.name) < ($1.f1, $1.name) }).name
    #expect(table.firstMatch(of: /bad|good/).map { String($0.0) } == weakest)
  }

  @Test func `the interval of an F1 is Wilson's of the rows in question`() throws {
    // 8 hits of 10 rows: Wilson has 0.4902 to 0.9433, so F1 = 2 s / (1 + s).
    let scores: JSONValue = [
      "classes": [["class": "a", "f1": 0.8889], ["class": "b"]], "confusion": [[8, 1], [1, 0]],
    ]
    let interval = try #require(ScoredClass.all(of: scores)[0].interval)
    #expect(abs(interval.lowerBound - 0.6579) < 1e-3 && abs(interval.upperBound - 0.9708) < 1e-3)
  }

  @Test func `the page allows nothing but its own styles, and has none outside of them`() throws {
    let page = try result.page()
    let policy = try #require(
      page.firstMatch(
        of: /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/)
    ).1
    #expect(policy.contains("default-src 'none'"))
    #expect(policy.contains(/style-src 'sha256-[A-Za-z0-9+\/]{43}='/))
    #expect(!policy.contains("unsafe"))
    #expect(page.matches(of: /<style/).count == 1)
    #expect(!page.contains(/<[a-z][^>]* style=/))
  }

  @Test func `what scrolls can be reached by keys and has a name`() throws {
    let page = try result.page()
    let regions = page.matches(of: /<div class="scroll"[^>]*>/)
    #expect(regions.count > 8)
    for region in regions {
      #expect(region.0.contains(" tabindex=\"0\" role=\"group\" aria-label=\""), "\(region.0)")
    }
  }

  @Test func `figures are SVG files, and tables LaTeX, Markdown and CSV with all digits`() throws {
    let files = ExhibitFiles(of: try report().page())
    #expect(files.files.count == files.figureCount + 3 * files.tableCount)
    #expect(Set(files.files.map(\.name)).count == files.files.count)
    func text(_ name: String) throws -> String {
      try #require(files.files.first { $0.name == name }, "\(name): \(files.files.map(\.name))")
        .text
    }
    #expect(try text("scores-evaluate-reliability.svg").hasPrefix("<svg xmlns="))
    let latex = try text("scores-evaluate-classes.tex")
    #expect(latex.contains("\\begin{tabular}{lrrrrrr}\n\\toprule\nclass & F1 & 95 \\% & "))
    #expect(latex.contains(" \\\\\n\\bottomrule\n\\end{tabular}\n"))
    #expect(try text("scores-evaluate-classes.md").hasPrefix("| class | F1 | 95 % |"))
    let scores = try result.shown("evaluate", "scores", RowSelection()).json
    let f1 = try #require(scores["classes"]?.arrayValue?.first?["f1"]?.doubleValue)
    #expect(try text("scores-evaluate-classes.csv").contains(",\(f1),"))
    let matrix = try text("scores-evaluate-confusion-matrix.csv").split(separator: "\n")
    #expect(matrix[0] == "true,bad,good" || matrix[0] == "true,good,bad")
  }
}
