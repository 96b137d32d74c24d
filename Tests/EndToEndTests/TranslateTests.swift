import Fixtures
import Foundation
import Testing

/// Raw text in, raw text out.
@Suite(.timeLimit(.minutes(120))) struct TranslateTests {
  private static let definition = PairStages.smallTranslator()

  private static func millrace() throws -> Millrace {
    let pairs = ["one\tun", "two\tdeux", "one, two\tun, deux", "two, one\tdeux, un", "(one)\t(un)"]
    let millrace = try Millrace(files: [
      "pairs.tsv": (pairs + pairs + pairs).map { $0 + "\n" }.joined(),
      "small.toml": definition,
    ])
    let run = try millrace("run", "small.toml")
    #expect(run.exitCode == 0, "\(run.errors)")
    return millrace
  }

  @Test func `raw lines become raw lines, line for line`() throws {
    let millrace = try Self.millrace()
    let found = try millrace("translate", "small.toml", input: "one, two\n\n(one)\r\n   \ntwo")
    #expect(found.exitCode == 0)
    #expect(found.output == "un, deux\n\n(un)\n\ndeux\n")
    try millrace.folder.write("lines.txt", "two\n")
    let file = try millrace("translate", "small.toml", "train", "--input", "lines.txt")
    #expect(file.output == "deux\n")
    let long = try millrace(
      "translate", "small.toml", input: Array(repeating: "one", count: 50).joined(separator: " "))
    #expect(long.exitCode == 0)
    #expect(
      long.errors
        == "warning: line 1 has 50 tokens, of which 30 are translated: the model reads no more\n")
  }

  @Test func `a byte-order mark is no text, and a line that is not UTF-8 ends it with its number`()
    throws
  {
    let millrace = try Self.millrace()
    let marked = try millrace("translate", "small.toml", input: "\u{FEFF}one, two\n")
    #expect(marked.output == "un, deux\n")
    let path = millrace.folder.path("latin1.txt")
    try Data(Array("two\none\n".utf8) + [0x63, 0xE9, 0x0A]).write(to: URL(filePath: path))
    let broken = try millrace("translate", "small.toml", "--input", path)
    #expect(broken.exitCode == 2)
    #expect(broken.output == "deux\nun\n")
    #expect(broken.errors.hasPrefix("\(path):3: error: the line is not UTF-8"))
  }

  @Test func `several translations have ranks and scores, and attention is drawn`() throws {
    let millrace = try Self.millrace()
    let found = try millrace(
      "translate", "small.toml", "--nbest", "2", "--attention", input: "two\n")
    let lines = found.output.split(separator: "\n")
    #expect(lines[0].hasPrefix("1\t-0."))
    #expect(lines[0].hasSuffix("\tdeux"))
    #expect(lines.contains { $0.hasPrefix("deux ") })
    #expect(lines.count { $0 == "1 two  2 </s>" } == 2)
    #expect(lines.contains { $0.hasPrefix("2\t-") })
    let json = try millrace("translate", "small.toml", "--json", input: "two\n").json
    let object = try #require(json as? [String: Any])
    #expect(object["translation"] as? String == "deux")
    #expect((object["pieces"] as? [String]) == ["two"])
    let list = try #require(object["translations"] as? [[String: Any]])
    #expect((list[0]["piece-scores"] as? [Double])?.count == 2)
    #expect((list[0]["alignment"] as? [Int])?.count == 1)
    #expect(list[0]["attention"] == nil)
    let looking = try millrace("translate", "small.toml", "--json", "--attention", input: "two\n")
    let looked = (looking.json as? [String: Any])?["translations"] as? [[String: Any]]
    let attention = try #require(looked?.first?["attention"] as? [String: Any])
    #expect(attention["written"] as? [String] == ["deux", "</s>"])
    #expect(attention["read"] as? [String] == ["two", "</s>"])
    for row in try #require(attention["weights"] as? [[Double]]) {
      #expect(row.count == 2 && abs(row.reduce(0, +) - 1) < 1e-3)
    }
  }

  @Test func `a loss that smoothing is part of says so in every line, another does not`() throws {
    let pairs = ["one\tun", "two\tdeux", "one, two\tun, deux"]
    let millrace = try Millrace(files: [
      "pairs.tsv": (pairs + pairs).map { $0 + "\n" }.joined(), "small.toml": Self.definition,
    ])
    let options = ["run", "small.toml", "--set", "train.valid=binarize", "--set", "train.epochs=1"]
    let smoothed = try millrace.start([Millrace.program.path] + options).finish().output
    #expect(
      smoothed.contains(
        /epoch 1  loss [0-9.]+ \(smoothed\)  valid loss [0-9.]+ \(smoothed\)  valid perplexity [0-9.]+/
      ))
    #expect(smoothed.contains(/ran +epochs 1–1 of 1   loss [0-9.]+ → [0-9.]+ \(smoothed\)/))
    let plain = try millrace.start(
      [Millrace.program.path] + options + ["--set", "train.label-smoothing=0"]
    ).finish().output
    #expect(plain.contains(/epoch 1  loss [0-9.]+  valid loss [0-9.]+  valid perplexity/))
    #expect(!plain.contains("smoothed"))
  }

  @Test func `a model of other settings is used only when that is asked for`() throws {
    let millrace = try Self.millrace()
    let changed = Self.definition.replacing("epochs = 20", with: "epochs = 21")
    try millrace.folder.write("small.toml", changed)
    for words in [["translate", "small.toml"], ["export", "small.toml", "--to", "exported"]] {
      let refused = try millrace.start([Millrace.program.path] + words, input: "two\n").finish()
      #expect(refused.exitCode == 2 && refused.output.isEmpty)
      #expect(
        refused.errors.contains(
          "the model of 'train' was trained before the definition or its data changed"))
      #expect(refused.errors.contains("millrace run small.toml"))
      let asked = try millrace.start(
        [Millrace.program.path] + words + ["--as-trained"], input: "two\n"
      ).finish()
      #expect(asked.exitCode == 0)
      #expect(asked.errors.contains("the definition has changed since this model was trained"))
    }
  }

  @Test func `lines of any white space are empty`() throws {
    let millrace = try Self.millrace()
    let lines = "one\n\n\u{A0}\n\u{3000}\n\u{200B}\ntwo\n"
    #expect(try millrace("translate", "small.toml", input: lines).output == "un\n\n\n\n\ndeux\n")
  }

  @Test func `an export replaces an earlier one, and leaves a folder of other files alone`() throws
  {
    let millrace = try Self.millrace()
    for _ in 1...2 {
      #expect(try millrace("export", "small.toml", "--to", "exported").exitCode == 0)
    }
    try millrace.folder.write("exported/notes.txt", "mine")
    let refused = try millrace("export", "small.toml", "--to", "exported")
    #expect(refused.exitCode == 2)
    #expect(refused.errors.contains("'exported' holds other files: notes.txt"))
  }

  @Test func `what is wrong is said`() throws {
    let millrace = try SmallPipeline.millrace()
    try millrace("run", "small.toml")
    let found = try millrace("translate", "small.toml", input: "text\n")
    #expect(found.exitCode == 1 || found.exitCode == 2)
    #expect(found.errors.contains("'train' is no translator"))
    let penalty = try millrace("translate", "small.toml", "--length-penalty", "much")
    #expect(penalty.exitCode == 2)
    #expect(
      penalty.errors.contains(
        "--length-penalty wants a number from -100 to 100, but this is 'much'"))
  }
}
