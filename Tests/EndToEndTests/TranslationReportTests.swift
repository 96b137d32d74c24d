import Fixtures
import Foundation
import Testing

/// `millrace report` on a small translator.
@Suite(.timeLimit(.minutes(120))) struct `Reporting on a translator` {
  private static let definition = """
    \(PairStages.smallTranslator(lowercases: true))
    [stage.translate]
    from = "load"
    model = "train"
    [stage.evaluate]
    from = "translate"
    """

  private static let page = Swift.Result {
    let pairs = ["I Don't go\tje n'y vais pas", "One & two\tun et deux", "I go\tje vais"]
    let millrace = try Millrace(files: [
      "pairs.tsv": (pairs + pairs + pairs).map { $0 + "\n" }.joined(), "small.toml": definition,
    ])
    let run = try millrace("run", "small.toml")
    #expect(run.exitCode == 0, "\(run.errors)")
    return try millrace("report", "small.toml", "-o", "-").output
  }

  @Test func `sentences are shown beside their source as it was loaded`() throws {
    let page = try Self.page.get()
    for source in ["I Don't go", "One &amp; two", "I go"] {
      #expect(page.contains("<span class=\"name\">source</span>\(source)</p>"), "\(source)")
    }
  }

  @Test func `attention is labelled with characters, not with the entities of Moses`() throws {
    let page = try Self.page.get()
    #expect(page.matches(of: /role="img" aria-label="what each piece written looked at/).count == 3)
    #expect(page.contains(/<text[^>]*>('t|n'|&amp;)</))
    #expect(!page.contains(/<text[^>]*>[^<]*&amp;(apos|amp);/))
  }

  @Test func `of translations that are all perfect the longest and the shortest are shown`() throws
  {
    let page = try Self.page.get()
    #expect(page.contains("Every sentence is word for word a reference."))
    #expect(page.contains("<h3>Shortest sentence<") && !page.contains("<mark>"))
  }

  @Test func `a sentence stays with its map on paper`() throws {
    #expect(try Self.page.get().contains(/(?s)<div class="kept"><h3>Longest sentence<.*?<figure>/))
  }
}
