import Fixtures
import Foundation
import Testing

/// What `diff` and `show RUN` say of runs, definitions and artifacts.
@Suite struct DiffTests {
  private static let made = Result {
    let millrace = try SmallPipeline.millrace()
    _ = try millrace.run("small.toml", "--set", "train.epochs=1")
    _ = try millrace.run("small.toml", "--set", "vocabulary.size=120")
    _ = try millrace.run("small.toml")
    try millrace.folder.write(
      "other.toml", SmallPipeline.definition.replacing("hidden = 4", with: "hidden = 6"))
    _ = try millrace.run("other.toml")
    return millrace
  }

  private var millrace: Millrace { get throws { try Self.made.get() } }

  @Test func `an option that was changed is the only cause`() throws {
    let object = try diff("small.toml", "--set", "vocabulary.size=120")
    let causes = try #require(object["causes"] as? [[String: Any]])
    #expect(causes.map { $0["stage"] as? String } == ["vocabulary"])
    let options = try #require(causes.first?["options"] as? [String: [String: String]])
    #expect(options == ["size": ["a": "300", "b": "120"]])
    #expect(object["followers"] as? [String] == ["binarize", "train", "evaluate"])
    #expect(object["unchanged"] as? [String] == ["load", "clean", "tokenize", "split"])
    let artifacts = try #require(object["artifacts"] as? [String: [String: Any]])
    let vocabulary = try #require(artifacts["vocabulary.vocabulary"])
    #expect((vocabulary["only-a"] as? [String])?.count == 180)
    #expect((vocabulary["only-b"] as? [String])?.isEmpty == true)
  }

  @Test func `scores are tested on the same rows`() throws {
    let object = try diff("small.toml", "other.toml")
    let causes = try #require(object["causes"] as? [[String: Any]])
    #expect(causes.compactMap { ($0["options"] as? [String: Any])?.keys.first } == ["hidden"])
    let evaluate = try #require((object["scores"] as? [String: [String: Any]])?["evaluate"])
    #expect((evaluate["rows"] as? Int ?? 0) > 40)
    #expect(evaluate["obstacle"] is NSNull)
    let scores = try #require(evaluate["scores"] as? [String: [String: Any]])
    let shown = try millrace("show", "small.toml", "evaluate", "--json").json as? [String: Any]
    for (name, line) in scores {
      #expect(line["a"] as? Double == shown?[name] as? Double)
      if let p = line["p"] as? Double { #expect(p > 0 && p <= 1) }
    }
  }

  @Test func `of two single trainings it says that another seed may move a score as much`() throws {
    let line = "each side is one training: another seed may move a score as much\n"
    #expect(try millrace("diff", "small.toml", "other.toml").output.hasSuffix(line))
    #expect(try !millrace("diff", "small.toml", "small.toml").output.contains(line))
  }

  @Test func `an option of what has not run is the cause all the same`() throws {
    let object = try diff("small.toml", "--set", "train.hidden=32")
    let causes = try #require(object["causes"] as? [[String: Any]])
    #expect(causes.map { $0["stage"] as? String } == ["train"])
    let options = try #require(causes.first?["options"] as? [String: [String: String]])
    #expect(options == ["hidden": ["a": "4", "b": "32"]])
    #expect(causes.first?["in-b"] as? Bool == true)
    #expect(object["followers"] as? [String] == ["evaluate"])
    let notRun = try #require(object["not-run"] as? [String: [String]])
    #expect(notRun == ["a": [], "b": ["train", "evaluate"]])
    let text = try millrace("diff", "small.toml", "--set", "train.hidden=32")
    #expect(text.output.contains("  train.hidden  4 → 32\n"))
    #expect(text.errors.contains("`millrace run small.toml --set train.hidden=32`"))
  }

  @Test func `runs are named by their id or by last, and compared like definitions`() throws {
    let runs = try FileManager.default.contentsOfDirectory(
      atPath: millrace.folder.path(".millrace/runs")
    ).sorted().map { String($0.dropLast(".jsonl".count)) }
    let shown = try millrace("show", "last", "--json").json as? [String: Any]
    #expect(shown?["run"] as? String == runs.last)
    let text = try millrace("show", try #require(runs.first))
    #expect(text.output.contains("of small.toml, 20") && text.output.contains("8 ran"))
    #expect(text.output.contains("with --set train.epochs=1"))
    let json = try millrace("show", try #require(runs.first), "--json").json as? [String: Any]
    #expect(json?["settings"] as? [String] == ["train.epochs=1"])
    #expect((json?["when"] as? String)?.hasSuffix("Z") == true)
    let object = try diff(try #require(runs.first), runs[2])
    let causes = try #require(object["causes"] as? [[String: Any]])
    #expect(causes.map { $0["stage"] as? String } == ["train"])
    #expect((causes.first?["options"] as? [String: Any])?.keys.sorted() == ["epochs"])
  }

  @Test(arguments: [
    (["small.toml", "--set", "vocabulary.size=120", "small.toml"], ["a": "120", "b": "300"]),
    (["small.toml", "small.toml", "--set", "vocabulary.size=120"], ["a": "300", "b": "120"]),
    (
      [
        "small.toml", "--set", "vocabulary.size=300", "small.toml", "--set", "vocabulary.size=120",
      ], ["a": "300", "b": "120"]
    ),
  ])
  func `settings belong to the definition before them`(
    words: [String], sizes: [String: String]
  ) throws {
    let finished = try millrace.start([Millrace.program.path, "diff"] + words + ["--json"]).finish()
    let object = try #require(finished.json as? [String: Any], "\(finished.errors)")
    let causes = try #require(object["causes"] as? [[String: Any]])
    #expect(causes.map { $0["stage"] as? String } == ["vocabulary"])
    let options = try #require(causes.first?["options"] as? [String: [String: String]])
    #expect(options == ["size": sizes])
  }

  @Test func `settings before both definitions are for both`() throws {
    let same = try millrace("diff", "--set", "vocabulary.size=120", "small.toml", "small.toml")
    #expect(same.output.contains("nothing differs in 8 stages"))
  }

  @Test func `two artifacts of a type are compared by what they hold`() throws {
    let rows = try diff("small.toml", "clean", "tokenize")
    #expect(rows["only-a"] as? Int == 0)
    #expect((rows["changed"] as? Int ?? 0) > 200)
    let parts = try diff("small.toml", "split.train", "split.test")
    let (train, test) = (parts["only-a"] as? Int ?? 0, parts["only-b"] as? Int ?? 0)
    #expect(train + test == 240 && test > 40)
    let same = try millrace("diff", "small.toml", "load", "load")
    #expect(same.output == "the same table, byte for byte\n")
  }

  @Test func `nothing that differs is said in a line`() throws {
    let same = try millrace("diff", "small.toml", "small.toml")
    #expect(same.output.contains("nothing differs in 8 stages"))
  }

  @Test(arguments: [
    (["small.toml"], "add --set or --point"),
    (["small.toml", "nosuch"], "'nosuch' is no definition, no run, no pin and no digest"),
    (["small.toml", "load", "train.model"], "cannot be compared"),
    (["small.toml", "split", "load"], "name one: split.train"),
  ])
  func `sides that cannot be compared are refused with a hint`(
    words: [String], hint: String
  ) throws {
    let refused = try millrace.start([Millrace.program.path, "diff"] + words).finish()
    #expect(refused.exitCode == 2)
    #expect(refused.errors.contains(hint), "\(refused.errors)")
  }

  @Test func `an artifact is compared with another, not with a result`() throws {
    let shown = try millrace("show", "small.toml", "load", "--json").json as? [String: Any]
    let outputs = try #require(shown?["outputs"] as? [String: [String: Any]])
    let digest = String(try #require(outputs["table"]?["digest"] as? String).prefix(12))
    #expect(try millrace("diff", digest, digest).output == "the same table, byte for byte\n")
    for words in [[digest, "small.toml"], ["last", digest]] {
      let refused = try millrace.start([Millrace.program.path, "diff"] + words).finish()
      #expect(refused.exitCode == 2)
      #expect(refused.errors.contains("\(digest) is an artifact, and the other side is none"))
    }
  }

  private func diff(_ words: String...) throws -> [String: Any] {
    let finished = try millrace.start([Millrace.program.path, "diff"] + words + ["--json"]).finish()
    return try #require(finished.json as? [String: Any], "\(finished.errors)")
  }
}
