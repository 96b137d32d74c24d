import Datasets
import Fixtures
import Foundation
import PipelineFixtures
import Testing

/// The shipped pipeline on a release of our own in the form of IWSLT 2014's.
@Suite(.timeLimit(.minutes(120)))
struct IWSLTTests {
  private static let folder = "$MILLRACE_DATA/translation/iwslt14-de-en/"

  @Test func `a release as downloaded becomes the parts that prepare-iwslt14 makes`() throws {
    let file = Folders.project.appending(path: "pipelines/iwslt14-de-en.toml")
    // Up to the training, which has nothing to learn from fifty sentences of one kind.
    let definition = try String(contentsOf: file, encoding: .utf8)
      .components(separatedBy: "[stage.train]")[0]
    var files: [String: String] = [
      "de-en/train.tags.de-en.de": Self.train("Satz", "ist's da"),
      "de-en/train.tags.de-en.en": Self.train("Sentence", "isn't"),
    ]
    let parts = ["TED.dev2010", "TEDX.dev2012", "TED.tst2010", "TED.tst2011", "TED.tst2012"]
    for (number, part) in parts.enumerated() {
      for language in ["de", "en"] {
        files["de-en/IWSLT14.\(part).de-en.\(language).xml"] =
          "<doc>\n<seg id=\"1\"> Part \(number), that’s \(language). </seg>\n</doc>\n"
      }
    }
    let result = try TemporaryPipeline(files: files).run(
      definition.replacing(Self.folder, with: ""))
    #expect(result.failure == nil)
    // 50 sentences; the tag lines that stay are lines 3, 5 and 6; sentence 10 is too unequal.
    #expect(try result.table("load").count == 1 + 53)
    #expect(try result.table("clean").count == 1 + 52)
    let valid = try result.table("split.valid")
    #expect(
      valid == [
        "line|source|target",
        // Row 23 of the cleaned text is sentence 21, row 46 is sentence 44.
        "27|satz 21 ist &apos; s da .|sentence 21 isn &apos;t .",
        "50|satz 44 ist &apos; s da .|sentence 44 isn &apos;t .",
      ])
    let test = try result.table("split.test")
    #expect(test.count == 1 + 5)
    #expect(test[1] == "2|part 0 , that &apos; s de .|part 0 , that &apos;s en .")
    #expect(test[5].hasPrefix("5:2|part 4 ,"))
    let dataset = try Dataset(try result.tensors("binarize.train"))
    #expect(dataset.count == 50)
    #expect(dataset.columns.map(\.name) == ["source", "target"])
    #expect(try result.text("vocabulary-en.dictionary").contains("madeupword0000 0\n"))
  }

  private static func train(_ noun: String, _ verb: String) -> String {
    var text = """
      <url>http://x</url>
      <keywords>a, b</keywords>
      <speaker>A B</speaker>
      <talkid>1</talkid>
      <title>A title</title>
      <description>What it is</description>

      """
    for number in 1...50 {
      let isUnequal = number == 10 && noun == "Satz"
      text += isUnequal ? "Satz\n" : "\(noun) \(number) \(verb).\n"
    }
    return text
  }
}
