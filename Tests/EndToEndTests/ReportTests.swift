import Foundation
import Testing

/// `millrace report` and `graph --format svg` on a pipeline that was run once.
@Suite struct `Reporting on a pipeline` {
  private static let page = Swift.Result { try ShownPipeline.shared.call("report", "-o -").output }

  @Test func `every number of the page is one that show prints as JSON`() throws {
    let pipeline = try ShownPipeline.shared
    let stages = ["load", "clean", "split", "vocabulary", "pad", "binarize", "train", "evaluate"]
    var known: Set<String> = []
    for name in try stages + pipeline.artifacts.map(\.name) {
      known.formUnion(Self.numbers(in: try pipeline.show(name, "--rows 100", "--json").output))
    }
    let wrong = try pipeline.show("evaluate.predictions", "--wrong --rows 1000", "--json").output
    known.formUnion(Self.numbers(in: wrong))
    let values = try Self.page.get().matches(of: /<data value="([^"]*)">([^<]*)</)
    #expect(values.count > 60)
    for match in values where !match.2.hasSuffix(" s") && !match.2.hasSuffix(" ms") {
      let isKnown = known.contains(String(match.1))
      #expect(isKnown, "\(match.0) is in no JSON")
    }
  }

  /// All numbers of a text, digit by digit as they are spelled.
  private static func numbers(in text: String) -> Set<String> {
    Set(text.matches(of: /-?\d+(\.\d+)?(e[-+]?\d+)?/).map { String($0.0) })
  }

  @Test func `the page is one file without scripts, links to others, or anything to fetch`() throws
  {
    let page = try Self.page.get()
    #expect(page.hasPrefix("<!DOCTYPE html>"))
    #expect(page.utf8.count < 3_000_000)
    for text in ["<script", "javascript:", "http:", "https:", " src=", "url(", "@import"] {
      #expect(!page.contains(text), "\(text)")
    }
    #expect(!page.contains(/<[a-z][^>]* on[a-z]+=/))
  }

  @Test func `elements end in order, names are given once, and links lead somewhere`() throws {
    let page = try Self.page.get()
    var open: [Substring] = []
    for tag in page.matches(of: /<(\/?)([a-z0-9]+)([^>]*)>/) where !["meta", "br"].contains(tag.2) {
      if tag.1 == "/" {
        #expect(open.popLast() == tag.2)
      } else if !tag.3.hasSuffix("/") {
        open.append(tag.2)
      }
    }
    #expect(open.isEmpty)
    let names = page.matches(of: /\ id="([^"]*)"/).map(\.1)
    #expect(Set(names).count == names.count)
    for link in page.matches(of: /href="#([^"]*)"/) { #expect(names.contains(link.1)) }
  }

  @Test func `it shows the stages, the curves, the confusion, and where the score comes from`()
    throws
  {
    let page = try Self.page.get()
    for text in [
      "always ‘", "validation loss", "learning rate 0.", "Confusion",
      "millrace run small.toml", "b3sum", "Key of evaluate", "[stage.load]",
    ] {
      #expect(page.contains(text), "\(text)")
    }
  }

  @Test func `rows behind the confusion are shown with their text as it was loaded`() throws {
    #expect(try Self.page.get().contains(/(She teaches class|He cooks soup number) \d+/))
  }

  @Test func `it is written where it is wanted, and says how large it is`() throws {
    let pipeline = try ShownPipeline.shared
    let said = try pipeline.call("report", "--output out.html --json").object
    #expect(said["file"] as? String == "out.html")
    let size = try pipeline.shell("wc -c < out.html").output.filter(\.isNumber)
    #expect(said["bytes"] as? Int == Int(size))
  }

  @Test func `a sweep is drawn and listed with the numbers of its table, its best point shown`()
    throws
  {
    let pipeline = try ShownPipeline.shared
    let sweep =
      "\n[sweep.rate]\ngrid = { \"train.learning-rate\" = [5e-3, 0.02] }\n"
      + "best = \"evaluate.accuracy max\"\n"
    _ = try pipeline.shell("(cat small.toml; printf '\(sweep)') > swept.toml")
    let store = "--store swept"
    #expect(try pipeline.millrace("sweep swept.toml \(store)").code == 0)
    let listed = try pipeline.millrace("table swept.toml --json \(store)")
    let page = try pipeline.millrace("report swept.toml -o - \(store)").output
    #expect(page.contains("Sweep: rate") && page.contains("evaluate.accuracy of each point"))
    let known = Self.numbers(in: listed.output)
    let section = try #require(page.firstMatch(of: /(?s)id="sweep-rate".*?<\/section>/)).0
    for match in section.matches(of: /<data value="([^"]*)">/) {
      let isKnown = known.contains(String(match.1))
      #expect(isKnown, "\(match.0) is in no JSON")
    }
    #expect(page.contains("millrace run swept.toml --set train.learning-rate="))
  }

  @Test func `of sweeps that rank alike the best point is shown, and named with its settings`()
    throws
  {
    let pipeline = try ShownPipeline.shared
    let sweeps = """

      [sweep.weak]
      list = [{ "train.learning-rate" = 0.0001 }]
      best = "evaluate.log-loss min"
      [sweep.strong]
      list = [{ "train.learning-rate" = 0.0001, "train.hidden" = 3 }, { "train.learning-rate" = 0.05 }]
      best = "evaluate.log-loss min"
      [sweep.other]
      list = [{ "train.learning-rate" = 0.1 }]
      best = "evaluate.accuracy max"
      """
    _ = try pipeline.shell("(cat small.toml; printf '%s' '\(sweeps)') > several.toml")
    for name in ["weak", "strong", "other"] {
      #expect(try pipeline.millrace("sweep several.toml \(name) --store several").code == 0)
    }
    let page = try pipeline.millrace("report several.toml -o - --store several").output
    #expect(
      page.contains(
        "The definition itself has not been run. By evaluate.log-loss, the best point of the sweeps"
          + " weak and strong is the point strong.2, with <code>train.learning-rate=0.05</code>."
          + " The sweep other ranks by evaluate.accuracy."))
    #expect(page.contains("millrace run several.toml --set train.learning-rate=0.05<"))
    let asked = try pipeline.millrace(
      "report several.toml --point weak.1 -o - --store several"
    ).output
    #expect(
      asked.contains("This is the point weak.1, with <code>train.learning-rate=0.0001</code>."))
  }

  @Test func `of many cells twelve are listed, the others behind one heading`() throws {
    let millrace = try SmallPipeline.millrace()
    #expect(try millrace("run", "small.toml").exitCode == 0)
    let page = try millrace("report", "small.toml", "-o", "-").output
    let list = try #require(page.firstMatch(of: /(?s)Rows behind the cells<.*?<\/section>/)).0
    let rest = try #require(list.firstMatch(of: /Rows behind ([0-9]+) more cells?</))
    let cells = list.matches(of: /class="example"/).count
    #expect(cells == 12 + (Int(rest.1) ?? 0))
    let before = list[..<rest.range.lowerBound]
    #expect(before.matches(of: /class="example"/).count == 12)
  }

  @Test func `what is closed is not printed, and the paper says so`() throws {
    let page = try Self.page.get()
    let paper = try #require(page.firstMatch(of: /(?s)@media print { html.*?<\/style>/)).0
    #expect(paper.contains(/details:not\(\[open\]\) { display: none; }/))
    #expect(page.contains("<p class=\"printed\">Not printed: what is folded on the screen"))
  }

  @Test func `figures and tables are written into the folder that is named`() throws {
    let pipeline = try ShownPipeline.shared
    let said = try pipeline.call("report", "--output figured.html --figures paper/figures --json")
      .object
    let figures = try #require(said["figures"] as? Int)
    let tables = try #require(said["tables"] as? Int)
    #expect(figures > 4 && tables > 8)
    func count(_ ending: String) throws -> Int? {
      Int(try pipeline.shell("ls paper/figures/*.\(ending) | wc -l").output.filter(\.isNumber))
    }
    #expect(try count("svg") == figures)
    for ending in ["tex", "md", "csv"] { #expect(try count(ending) == tables) }
    let latex = try pipeline.shell("cat paper/figures/scores-evaluate-scores.tex").output
    #expect(latex.hasPrefix("% \\usepackage{booktabs}\n\\begin{tabular}{lr"))
  }

  @Test func `before anything ran there is nothing to report`() throws {
    _ = try ShownPipeline.shared.shell("mkdir -p bare")
    let said = try ShownPipeline.shared.millrace("report small.toml --store bare")
    #expect(said.code == 2)
    #expect(said.errors.contains("try: run `millrace run small.toml --store bare` first"))
  }

  @Test func `the graph as SVG has each stage's state and time`() throws {
    let drawing = try ShownPipeline.shared.call("graph", "--format svg").output
    #expect(drawing.hasPrefix("<svg xmlns=") && drawing.hasSuffix("</svg>\n"))
    #expect(drawing.contains(/learn-vocabulary · cached · [0-9.]+ m?s/))
    let stale = try ShownPipeline.shared.call("graph", "--format svg --set clean.lowercase=false")
    #expect(stale.output.contains("would run") && stale.output.contains("may run"))
  }
}
