import Fixtures
import Foundation
import Testing

/// A store kept small: what goes, what stays, what comes back when it is needed.
@Suite struct GarbageTests {
  /// Options by which everything goes that no definition or pin holds.
  private static let strict = ["--older-than", "0", "--runs", "0"]

  @Test func `a plan is shown first and done with yes, and nothing current is lost`() throws {
    let millrace = try SmallPipeline.millrace()
    let old = try millrace.run("small.toml", "--set", "vocabulary.size=99")
    _ = try millrace.run("small.toml")
    #expect(try millrace("gc").output.contains("nothing to remove"))
    let plan = try millrace.gc(Self.strict)
    let removed = try #require(plan["removed"] as? [[String: Any]])
    #expect(plan["done"] as? Bool == false)
    #expect(
      Set(removed.compactMap { $0["stage"] as? String })
        == ["vocabulary", "binarize", "train", "evaluate"])
    #expect(removed.allSatisfy { $0["recompute-seconds"] as? Double != nil })
    let done = try millrace.gc(Self.strict + ["--yes"])
    #expect(done["done"] as? Bool == true)
    #expect(done["after-bytes"] as? Int == plan["after-bytes"] as? Int)
    #expect(try millrace("verify").exitCode == 0)
    #expect(try millrace("status", "small.toml", "--check").exitCode == 0)
    #expect(try millrace.gc(Self.strict)["removed"] as? [[String: String]] == [])
    let again = try millrace.run("small.toml", "--set", "vocabulary.size=99")
    #expect(again.ran == ["vocabulary", "binarize", "train", "evaluate"])
    #expect(again.outputs == old.outputs)
  }

  @Test func `a size is kept by evicting, and what is asked for is made again`() throws {
    let millrace = try SmallPipeline.millrace()
    let first = try millrace.run("small.toml")
    let plan = try millrace.gc(["--max-size", "1k", "--yes"])
    let evicted = try #require(plan["evicted"] as? [[String: Any]])
    #expect(evicted.contains { $0["stage"] as? String == "binarize" })
    #expect((plan["excess-bytes"] as? Int ?? 0) > 0)
    let status = try millrace("status", "small.toml")
    #expect(status.output.contains("(test, train evicted)"))
    #expect(status.output.contains("all 8 stages are up to date"))
    #expect(try millrace.run("small.toml").last["ran"] as? Int == 0)
    #expect(try millrace("verify").exitCode == 0)
    #expect(try millrace("classify", "small.toml", input: "He writes code.\n").exitCode == 0)
    #expect(try millrace("show", "small.toml", "evaluate", "--json").exitCode == 0)

    let shown = try millrace("show", "small.toml", "vocabulary.vocabulary", "--raw")
    #expect(shown.exitCode == 0 && shown.output.hasPrefix("<pad>\t0\n<unk>\t0\n"))
    #expect(shown.errors.contains("vocabulary.vocabulary was evicted: made again"))
    let changed = try millrace.run("small.toml", "--set", "train.epochs=1")
    #expect(changed.exitCode == 0 && changed.ran.contains("binarize"))
    #expect(changed.outputs["binarize"] == first.outputs["binarize"])
  }

  @Test func `a run keeps to its budget and says what it takes`() throws {
    let millrace = try SmallPipeline.millrace()
    let outcome = try millrace.run("small.toml", "--store-budget", "40k")
    let told = try #require(
      outcome.finished.jsonLines.first { $0["event"] as? String == "store" })
    #expect(told["budget-bytes"] as? Int == 40_000)
    #expect((told["evicted"] as? [String])?.isEmpty == false)
    let over = try millrace("run", "small.toml", "--store-budget", "1k")
    #expect(over.exitCode == 0)
    #expect(over.output.contains("over: all of it is needed"))
    #expect(outcome.last["event"] as? String == "finished")
  }

  @Test func `what is pinned stays until it is unpinned`() throws {
    let millrace = try SmallPipeline.millrace()
    try millrace("run", "small.toml", "--set", "vocabulary.size=99")
    let pinned = try millrace(
      "pin", "small.toml", "train", "--set", "vocabulary.size=99", "--name", "best")
    #expect(pinned.output.contains("as 'best'"))
    try millrace("run", "small.toml")
    let removed = try #require(
      millrace.gc(Self.strict + ["--yes"])["removed"] as? [[String: Any]])
    #expect(
      Set(removed.compactMap { $0["stage"] as? String }) == ["vocabulary", "binarize", "evaluate"])
    #expect(try millrace("pin").output.contains("best"))
    #expect(try millrace("gc").output.contains("pinned  best  small.toml train"))
    #expect(try millrace("unpin", "bets").errors.contains("did you mean 'best'?"))
    #expect(try millrace("unpin", "best").exitCode == 0)
    #expect((try millrace.gc(Self.strict)["removed"] as? [Any])?.count == 1)
  }

  @Test func `a budget frees nothing while a pin is damaged, and says so with 4`() throws {
    let millrace = try SmallPipeline.millrace()
    #expect(try millrace("run", "small.toml").exitCode == 0)
    #expect(try millrace("pin", "small.toml", "train", "--name", "best").exitCode == 0)
    let path = millrace.folder.path(".millrace/pins/best")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacing("train", with: "trian").write(
      toFile: path, atomically: true, encoding: .utf8)
    let objects = millrace.folder.path(".millrace/objects")
    let before = try FileManager.default.subpathsOfDirectory(atPath: objects).sorted()
    let ended = try millrace("run", "small.toml", "--store-budget", "1k")
    #expect(ended.exitCode == 4)
    #expect(ended.errors.contains("nothing is removed while it is not known what must stay"))
    #expect(ended.output.contains("0 ran, 8 cached"))
    #expect(try FileManager.default.subpathsOfDirectory(atPath: objects).sorted() == before)
  }

  @Test func `what was evicted is made again for a pin, and a pin replaced is named`() throws {
    let millrace = try SmallPipeline.millrace()
    try millrace("run", "small.toml", "--store-budget", "1k")
    #expect(try millrace("status", "small.toml").output.contains("evicted"))
    let pinned = try millrace("pin", "small.toml", "binarize.train", "--name", "kept")
    #expect(pinned.exitCode == 0 && pinned.errors.contains("was evicted: made again"))
    #expect(!pinned.output.contains(", 0 B"))
    let moved = try millrace("pin", "small.toml", "split.test", "--name", "kept")
    #expect(moved.output.contains("'kept' no longer keeps small.toml binarize.train"))
  }

  @Test(arguments: [
    (["gc", "--max-size", "lots"], "--max-size wants a size"),
    (["gc", "--older-than", "7"], "--older-than wants a time"),
    (["gc", "--yes", "--dry-run"], "contradict"), (["gc", "small.toml"], "`gc` takes"),
    (["pin", "abcdef"], "has a digest that starts with"), (["unpin"], "`unpin` takes"),
    (["pin", "small.toml"], "has no results yet"),
    (["gc", "--store", "nowhere"], "there is no store 'nowhere'"),
    (["verify", "--store", "nowhere"], "there is no store 'nowhere'"),
    (["run", "small.toml", "--store-budget", "-1"], "--store-budget wants a size"),
  ])
  func `what cannot be meant is refused with a hint`(words: [String], problem: String) throws {
    let millrace = try SmallPipeline.millrace()
    let refused = try millrace.start([Millrace.program.path] + words).finish()
    #expect(refused.exitCode == 2)
    #expect(refused.errors.contains(problem))
  }

  @Test(arguments: [1, 2] as [UInt64])
  func `beside runs, and killed at any moment, it loses nothing`(seed: UInt64) throws {
    let millrace = try SmallPipeline.millrace()
    let undisturbed = try millrace.run("small.toml").outputs
    var random = SeededNumbers(seed: seed)
    for _ in 0..<6 {
      let sizes = (0..<2).map { _ in [99, 150, 300].randomElement(using: &random) ?? 99 }
      let runs = try sizes.map {
        try millrace.startRun("small.toml", "--set", "vocabulary.size=\($0)")
      }
      for _ in 0..<4 {
        let words = ["gc", "--yes", "--max-size", "1k"] + Self.strict
        let gc = try millrace.start([Millrace.program.path] + words)
        if Bool.random(using: &random) {
          usleep(.random(in: 0...15_000, using: &random))
          gc.signal(SIGKILL)
        }
        let ended = gc.finish()
        #expect(ended.wasKilled || ended.exitCode == 0, "\(ended.errors)")
      }
      for run in runs {
        let ended = run.finish()
        #expect(ended.exitCode == 0, "\(ended.output)\(ended.errors)")
      }
      #expect(try millrace("verify").exitCode == 0)
    }
    let last = try millrace.run("small.toml")
    #expect(last.outputs == undisturbed)
    #expect(try millrace.gc(["--yes"])["done"] as? Bool == true)
    #expect(try millrace.folder.names(in: ".millrace/uses") == [])
  }
}

extension Millrace {
  /// What `gc --json` says.
  fileprivate func gc(_ words: [String]) throws -> [String: Any] {
    let finished = try start([Self.program.path, "gc"] + words + ["--json"]).finish()
    #expect(finished.exitCode == 0, "\(finished.errors)")
    return finished.json as? [String: Any] ?? [:]
  }
}

extension TemporaryFolder {
  fileprivate func names(in name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(name))
  }
}
