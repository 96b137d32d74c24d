import Fixtures
import Foundation
import Testing

/// What scripts rely on: JSON, exit codes, plain text where nobody looks.
@Suite struct OutputTests {
  @Test func `run tells of itself in JSON Lines and ends with its counts`() throws {
    let millrace = try SmallPipeline.millrace()
    let outcome = try millrace.run("small.toml")
    let lines = outcome.finished.output.split(separator: "\n")
    #expect(lines.count == outcome.finished.jsonLines.count)
    let last = try #require(lines.last)
    #expect(last.hasPrefix("{\"event\":\"finished\",\"ran\":8,\"cached\":0,\"failed\":0,"))
    #expect(outcome.last["seconds"] as? Double != nil)
    #expect(outcome.stages.values.allSatisfy { ($0["key"] as? String)?.count == 64 })
    #expect(outcome.finished.errors == "")
  }

  @Test func `status as JSON names each stage's state, causes, key and outputs`() throws {
    let millrace = try SmallPipeline.millrace()
    let outcome = try millrace.run("small.toml")
    let status = try millrace("status", "small.toml", "--json", "--set", "vocabulary.size=99")
    let object = try #require(status.json as? [String: Any])
    let stages = try #require(object["stages"] as? [[String: Any]])
    #expect(stages.map { $0["name"] as? String }.count == 8)
    let states = stages.map { $0["state"] as? String }
    #expect(states == ["cached", "cached", "cached", "cached", "run", "maybe", "maybe", "maybe"])
    #expect(stages[3]["outputs"] as? [String: String] == outcome.outputs["split"])
    #expect(stages[3]["key"] as? String == outcome.stages["split"]?["key"] as? String)
    let causes = try #require(stages[4]["causes"] as? [[String: Any]])
    #expect(causes.map { $0["text"] as? String } == ["size  300 → 99"])
    #expect(causes.first?["place"] as? String == "--set:1:12")
    #expect((stages[0]["causes"] as? [Any])?.isEmpty == true)
  }

  @Test func `explain collapses the cone to its root cause, with its place`() throws {
    let millrace = try SmallPipeline.millrace()
    try millrace("run", "small.toml")
    let changed = SmallPipeline.definition.replacing("size = 300", with: "size = 200")
    try millrace.folder.write("small.toml", changed)
    let explained = try millrace("explain", "small.toml", "train")
    #expect(explained.exitCode == 0)
    #expect(
      explained.output == """
        'train' would run: 1 root cause
          vocabulary.size  300 → 200   small.toml:24:1
          └ vocabulary → binarize → train
        unchanged: load, clean, tokenize, split
        a stage stops the cascade when it gives the same bytes as before

        """)
    let json = try millrace("explain", "small.toml", "--json").json as? [String: Any]
    #expect((json?["stages"] as? [Any])?.count == 8)
    let key = try millrace("explain", "small.toml", "clean", "--key").output
    #expect(key.hasPrefix("kind  ") && key.contains("\nlowercase  "))
  }

  @Test func `exit codes say what came out`() throws {
    let millrace = try SmallPipeline.millrace()
    #expect(try millrace("status", "small.toml", "--check").exitCode == 3)
    #expect(try millrace("status", "small.toml").exitCode == 0)
    #expect(try millrace("run", "small.toml").exitCode == 0)
    #expect(try millrace("status", "small.toml", "--check").exitCode == 0)
    #expect(try millrace("check", "small.toml").exitCode == 0)
    #expect(try millrace("run", "absent.toml").exitCode == 2)
    #expect(try millrace("run", "small.toml", "--set", "train.hiden=3").exitCode == 2)
    #expect(try millrace("check", "small.toml", "--set", "train.hiden=3").exitCode == 2)
    #expect(try millrace("run", "small.toml", "nosuchstage").exitCode == 2)
    #expect(try millrace("run", "small.toml", "--set", "load.path=no.csv").exitCode == 1)
    #expect(try millrace("verify").exitCode == 0)
    #expect(try millrace("--version").exitCode == 0)
    #expect(try millrace().exitCode == 2)
  }

  @Test(arguments: [
    (["rnu", "small.toml"], "there is no command 'rnu'; did you mean 'run'?"),
    (["run", "small.toml", "--jbos", "2"], "`run` has no option '--jbos'; did you mean '--jobs'?"),
    (["stages", "tokenise"], "there is no stage kind 'tokenise'; did you mean 'tokenize'?"),
    (["status", "small.toml", "trian"], "there is no stage 'trian'; did you mean 'train'?"),
    (["run", "small.toml", "--jobs"], "--jobs needs a value"),
    (["run", "small.toml", "--jobs", "0"], "--jobs wants a whole number from 1, but this is '0'"),
    (["run", "train"], "'train' is no definition"),
  ])
  func `a slip of the hand is answered with what was meant`(
    words: [String], expected: String
  ) throws {
    let millrace = try SmallPipeline.millrace()
    let finished = try millrace.start([Millrace.program.path] + words).finish()
    #expect(finished.exitCode == 2)
    #expect(finished.errors.hasPrefix("error: \(expected)\n  try: ") || words.count == 4)
    #expect(finished.errors.contains(expected))
    #expect(finished.output == "")
  }

  @Test func `without a terminal there are no escape codes`() throws {
    let millrace = try SmallPipeline.millrace()
    for words in [["run"], ["run"], ["status"], ["explain"], ["graph"], ["check"]] {
      let finished = try millrace.start([Millrace.program.path] + words + ["small.toml"]).finish()
      #expect(!finished.output.contains("\u{1B}") && !finished.errors.contains("\u{1B}"))
    }
  }

  @Test func `on a terminal there is colour, and none with NO_COLOR`() throws {
    let millrace = try SmallPipeline.millrace()
    func onTerminal(_ variables: [String: String]) throws -> String {
      try millrace.onTerminal(width: 80, ["run", "small.toml"], environment: variables)
        .screen.written
    }
    #expect(try onTerminal([:]).contains("\u{1B}[32m"))
    #expect(try !onTerminal(["NO_COLOR": "1"]).contains("\u{1B}[2m"))
  }

  @Test func `a file that cannot be read is pointed at, by check as a warning`() throws {
    let millrace = try Millrace(files: [
      "sub/small.toml": SmallPipeline.definition.replacing("rows.csv", with: "../no.csv")
    ])
    let told = """
      cannot open '../no.csv': No such file or directory
          5 | path = "../no.csv"
            |        ^~~~~~~~~~~
        try: it was looked for as 'sub/../no.csv'; check the path
      """
    let checked = try millrace("check", "sub/small.toml")
    #expect(checked.exitCode == 0 && checked.output.contains("0 errors, 1 warning"))
    #expect(checked.output.contains("sub/small.toml:5:8: warning: \(told)"), "\(checked.output)")
    let ran = try millrace("run", "sub/small.toml")
    #expect(ran.exitCode == 1)
    #expect((ran.output + ran.errors).contains("sub/small.toml:5:8: error: \(told)"))
  }

  @Test func `the graph fits the width and tells what is stale`() throws {
    let millrace = try SmallPipeline.millrace()
    try millrace("run", "small.toml", "tokenize")
    let lines = try millrace("graph", "small.toml").output.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 100 })
    #expect(lines.count { $0.contains("  done ") } == 3)
    #expect(lines.contains { $0.contains("stale") })
  }

  @Test func `two formats of a table contradict each other`() throws {
    let millrace = try SmallPipeline.millrace()
    let refused = try millrace(
      "table", "small.toml", "train.hidden=3,4", "--format", "csv", "--json")
    #expect(refused.exitCode == 2 && refused.errors.contains("--format csv and --json contradict"))
  }

  /// Data that are not there are warned of; but without an encoder's folder nothing can be planned, so
  /// that is the only error there.
  @Test func `every shipped pipeline passes check`() throws {
    let pipelines = Folders.files(
      below: Folders.project.appending(path: "pipelines"), ending: ".toml")
    #expect(!pipelines.isEmpty)
    let millrace = try Millrace()
    for pipeline in pipelines {
      let checked = try millrace("check", pipeline.path, environment: ["MILLRACE_DATA": "/data"])
      let errors = checked.output.split(separator: "\n").filter { $0.contains(": error: ") }
      let needsEncoder = try String(contentsOf: pipeline, encoding: .utf8)
        .contains("$MILLRACE_DATA/encoders/")
      #expect(
        checked.exitCode == (needsEncoder ? 2 : 0)
          && errors.allSatisfy { needsEncoder && $0.contains("folder") },
        "\(pipeline.lastPathComponent): \(checked.output)")
    }
  }
}
