import Diagnostics
import Files
import Fixtures
import Formats
import Foundation
import PipelineFixtures
import Pipelines
import Testing

/// Programs as stages: what they give, and what becomes of those that lie.
@Suite(.timeLimit(.minutes(120)))
struct CommandTests {
  private static let files = [
    "rows.csv": "text,label\nA dog,x\n\"two\nlines\tand a tab\",y\nA cat,x\n"
  ]

  private static let load = """
    [stage.load]
    kind = "load"
    path = "rows.csv"
    text = "text"
    label = "label"

    """

  private static func definition(_ options: String) -> String {
    load + "[stage.own]\nkind = \"command\"\n" + options + "\n"
  }

  private func run(
    _ options: String, files: [String: String] = [:], set settings: [String] = []
  ) throws -> PipelineResult {
    try TemporaryPipeline(files: Self.files.merging(files) { $1 })
      .run(Self.definition(options), set: settings)
  }

  @Test func `rows go out and come back as JSON Lines, with what is in them`() throws {
    let result = try run("command = [\"sed\", \"s/A /The /\"]\nfrom = \"load\"")
    #expect(
      try result.table("own") == [
        "line|text|label", "2|The dog|x", "3|two\\nlines\\tand a tab|y", "5|The cat|x",
      ])
  }

  @Test func `rows go out and come back as the store has tables`() throws {
    let result = try run(
      "command = [\"sed\", \"s/A /The /\"]\nfrom = \"load\"\nformat = \"tsv\"\nrows = \"choice\"")
    #expect(
      try result.table("own") == [
        "line|text|label", "2|The dog|x", "3|two\\nlines\\tand a tab|y", "5|The cat|x",
      ])
  }

  @Test func `rows that come back without their lines keep their places`() throws {
    let result = try run(
      """
      command = ["sed", 's/"line":"[0-9]*",//']
      from = "load"
      columns = ["label"]
      """)
    #expect(try result.table("own") == ["line|label", "2|x", "3|y", "5|x"])
  }

  @Test func `a command may make rows from nothing but its files`() throws {
    let options = """
      command = ["cat", "made.jsonl"]
      files = "made.jsonl"
      columns = ["text"]
      rows = "new"
      """
    let pipeline = try TemporaryPipeline(files: ["made.jsonl": "{\"text\": \"a\"}\n"])
    let definition = "[stage.own]\nkind = \"command\"\n" + options
    #expect(try pipeline.run(definition).table("own") == ["line|text", "1|a"])
    try pipeline.folder.write("made.jsonl", "{\"text\": \"b\"}\n{\"text\": 1}\n")
    #expect(try pipeline.run(definition).table("own") == ["line|text", "1|b", "2|1"])
  }

  @Test func `only what is declared of the environment is seen, and is in the key`() throws {
    let options = """
      command = "echo '{\\"n\\": '${#PATH}', \\"seen\\": \\"'$MODE$LANG$USER$LC_ALL'\\"}' > $MILLRACE_OUTPUTS/own.json"
      shell = true
      scores = ["own"]
      environment = ["MODE=fast"]
      """
    let result = try run(options)
    if let failure = result.failure { throw failure }
    #expect(try result.json("own")["seen"] == "fastC.UTF-8")
    #expect(try result.json("own")["n"]?.intValue ?? 0 > 0)
    #expect(try result.keyText("own").contains("MODE=fast"))
  }

  @Test(arguments: [
    (#"command = ["true"]"#, "the command ended well, but wrote nothing to standard output"),
    (#"command = ["sh", "-c", "echo no luck >&2; exit 3"]"#, "ended with exit code 3: no luck"),
    (#"command = ["sh", "-c", "kill -9 $$"]"#, "the command was killed by signal 9"),
    (#"command = ["./absent"]"#, "the program './absent' cannot be started"),
    (#"command = ["head", "-n1"]"#, "the command wrote 1 row to table, but read 3"),
    (#"command = ["sed", "p"]"#, "has the line '2', but in its place was read 3"),
    (#"command = ["tac"]"#, "has the line '5', but in its place was read 2"),
    ("command = [\"tac\"]\nrows = \"choice\"", "has the line '3', which came before"),
    (
      "command = [\"sed\", \"s/:.5./:\\\"77\\\"/\"]\nrows = \"several\"",
      "has the line '77', which was not read"
    ),
    (#"command = ["sed", "s/label/lebal/"]"#, "label"),
    (#"command = ["echo", "hello"]"#, "the table of the command:1:1"),
    ("command = [\"sed\", \"s/label/x/\"]\nformat = \"tsv\"", "wrote the columns text, x to table"),
    ("command = [\"cut\", \"-f1\"]\nformat = \"tsv\"", "columns  to table"),
    ("command = [\"sleep\", \"60\"]\ntimeout = 0.2", "because it took longer than 0.2 s"),
    ("command = [\"cat\"]\nscores = [\"own\"]", "wrote nothing to own.json"),
    (
      "command = \"echo [] > $MILLRACE_OUTPUTS/own.json\"\nshell = true\nscores = [\"own\"]",
      "wrote no scores to own"
    ),
    (
      "command = \"sed s/dog/$$/\"\nshell = true\nruns = 2",
      "the command wrote something else to table when it was run a second time"
    ),
  ])
  func `a command that lies fails with the reason, and nothing is recorded`(
    options: String, problem: String
  ) throws {
    let result = try run(options + "\nfrom = \"load\"")
    let failure = try #require(result.failure)
    #expect("\(failure)".contains(problem), "\(failure)")
    let recorded = result.report.stages.first { $0.stage == "own" }?.record
    #expect(recorded == nil)
  }

  @Test func `nothing of a command is left when it has ended`() throws {
    let pipeline = try TemporaryPipeline(files: Self.files)
    // Longer than this test may take, and no other process's number.
    let seconds = "100000.\(UInt64.random(in: 0...UInt64.max))"
    let result = try pipeline.run(
      Self.definition(
        """
        command = "(sleep \(seconds); true) & echo $! >&2; cat"
        shell = true
        from = "load"
        """))
    #expect(result.failure == nil)
    // What was killed may take a moment to go.
    while try String(decoding: pipeline.commandLines().joined(), as: UTF8.self).contains(seconds) {
      usleep(10_000)
    }
  }

  @Test func `how often it is run and how long it may take are no part of the key`() throws {
    let pipeline = try TemporaryPipeline(files: Self.files)
    let definition = Self.definition("command = [\"cat\"]\nfrom = \"load\"")
    let first = try pipeline.run(definition)
    let second = try pipeline.run(definition, set: ["own.runs=2", "own.timeout=5"])
    #expect(try first.keyText("own") == second.keyText("own"))
  }

  @Test(arguments: [
    ("command = \"python3 clean.py\"\nfrom = \"load\"", "command is one text with blanks"),
    ("command = []\nfrom = \"load\"", "command is no program with its arguments"),
    ("command = [\"cat\"]", "must say what its columns are"),
    ("command = [\"cat\"]\ncolumns = [\"text\"]", "means nothing to a command that reads no table"),
    ("command = [\"cat\"]\nfrom = \"load\"\ntables = [\"a/b\"]", "cannot be called 'a/b'"),
    ("command = [\"cat\"]\nfrom = \"load\"\nenvironment = [\"ABSENT_VARIABLE\"]", "is not set"),
    ("command = [\"cat\"]\nfrom = \"load\"\nrows = \"sane\"", "did you mean 'same'?"),
  ])
  func `a definition that cannot work is refused before anything runs`(
    options: String, problem: String
  ) throws {
    let problems = try TemporaryPipeline(files: Self.files).problems(Self.definition(options))
    #expect(problems.map(\.message.problem).contains { $0.contains(problem) }, "\(problems)")
  }
}

extension TemporaryPipeline {
  /// The command lines of all processes.
  fileprivate func commandLines() throws -> [[UInt8]] {
    try Folder.names(in: "/proc").filter { $0.allSatisfy(\.isNumber) }.map { process in
      (try? InputFile.contents(of: "/proc/\(process)/cmdline", atMost: 1 << 16)) ?? []
    }
  }
}
