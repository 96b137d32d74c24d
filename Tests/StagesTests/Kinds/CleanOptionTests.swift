import Diagnostics
import PipelineFixtures
import Pipelines
import Stages
import Testing

/// What clean's options come to in a table, and in its key.
struct CleanOptionTests {
  @Test(arguments: [
    ("replace = [[\"colour\", \"color\"], ['(\\w+)-(\\w+)', '$2 $1']]", "colour a-b", "color b a"),
    ("replace = [\"x\", \"y\"]", "xx", "yy"),
    (
      "html = true", "x < y, List<String> <3 <b>b</b><script>s</script>", "x < y, List<String> <3 b"
    ),
    ("invisible = \"remove\"", "exam\u{AD}ple", "example"),
    ("user-names = \"@user\"\nnumbers = \"0\"", "@anna won 3:2", "@user won 0"),
    ("user-names = \"\"", "@anna won", "won"),
    ("emoji = \"name\"", "so 👍🏽!", "so thumbs up sign medium skin tone !"),
    ("emoji = \"remove\"", "so 👍🏽 🇫🇷!", "so !"), ("repeated-letters = 2", "soooo", "soo"),
  ])
  func `clean cleans`(options: String, text: String, clean: String) throws {
    let pipeline = try TemporaryPipeline(files: ["a.txt": text + "\n"])
    let result = try pipeline.run(
      "[stage.load]\nfiles = { text = \"a.txt\" }\n[stage.clean]\nfrom = \"load\"\n\(options)")
    #expect(try result.table("clean") == ["line|text", "1|\(clean)"])
  }

  @Test func `options that came later are in a key only where they are given`() throws {
    let pipeline = try TemporaryPipeline(files: ["a.txt": "x\n"])
    func key(_ options: String) throws -> StageKey {
      let definition =
        "[stage.load]\nfiles = { text = \"a.txt\" }\n[stage.clean]\nfrom = \"load\"\n\(options)"
      return StageKey(lines: StageKey.lines(of: try pipeline.run(definition).keyText("clean")))
    }
    let plain = try key("")
    for name in ["replace", "invisible", "user-names", "numbers", "emoji", "repeated-letters"] {
      #expect(plain[name] == nil, "\(name)")
    }
    #expect(plain["html"] == "false")
    #expect(try key("html = false") == plain)
    // What `true` meant before the elements of HTML were known has a key of its own.
    #expect(try key("html = true")["html"] == "2")
    #expect(try key("replace = [[\"a\", \"b\"]]")["replace"] == "[a, b]")
  }

  @Test(arguments: [
    ("replace = [[\"(\", \"\"]]", "'(' is not a regular expression"),
    ("replace = [[\"a\", \"$1\"]]", "the replacement names group 1, but 'a' has 0"),
    ("replace = [[\"a\"]]", "an element of replace is no pair of texts"),
    ("replace = \"a\"", "an element of replace is no pair of texts"),
    ("html = 2", "html wants true or false"), ("emoji = \"drop\"", "'drop' is no emoji"),
  ])
  func `an option that cannot be used is refused`(options: String, problem: String) throws {
    let problems = try TemporaryPipeline().problems(
      "[stage.load]\nfiles = { text = \"a.txt\" }\n[stage.clean]\nfrom = \"load\"\n\(options)")
    #expect(problems.map(\.message.problem).contains { $0.contains(problem) }, "\(problems)")
  }

  @Test func `a model keeps to what html meant when it was trained`() throws {
    var old = StageOptions.recalling(
      try #require(StageCatalog.standard["clean"]), [("html", .flag(true))], resources: [])
    #expect(old.revisedFlag("html", revision: 2, "") == 1)
    var new = StageOptions.recalling(
      try #require(StageCatalog.standard["clean"]), [("html", .integer(2))], resources: [])
    #expect(new.revisedFlag("html", revision: 2, "") == 2)
  }
}
