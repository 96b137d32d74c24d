import Fixtures
import Testing

/// What the program shows on terminals of several widths.
@Suite(.timeLimit(.minutes(120))) struct ScreenTests {
  /// Long enough for its progress to be drawn several times.
  private static let training = ["--set", "train.epochs=40", "--set", "train.hidden=16"]

  @Test(arguments: [80, 60])
  func `what is under way says first how far it has come, and is never longer than the screen`(
    width: Int
  ) throws {
    let millrace = try SmallPipeline.millrace(rows: 600)
    let ran = try millrace.onTerminal(width: width, ["run", "small.toml"] + Self.training)
    #expect(ran.exitCode == 0 && ran.screen.broken == [] && ran.screen.unknown == [])
    let drawn = ran.screen.erased.filter { $0.hasPrefix("  train") && $0.contains(" % · ") }
    #expect(drawn.contains { $0.contains(/^ {2}train +\d+ % · .* left · epoch \d/) })
    for line in drawn {
      #expect(line.contains(/^ {2}train +\d+ % · (.* left · )?epoch \d/), "\(line)")
      #expect(line.count < width && (width < 80 || line.contains(/epoch \d+\/40 · loss/)))
    }
    #expect(ran.screen.lines.contains { $0.contains(/^ {2}train +ran +epochs 1–40 of 40/) })
  }

  @Test func `a sweep says in a line how far it has come, how long it takes and what is best`()
    throws
  {
    let millrace = try SmallPipeline.millrace(rows: 600)
    let ran = try millrace.onTerminal(
      width: 80, ["sweep", "small.toml", "train.embedding=4,5,6", "--jobs", "1"] + Self.training)
    // A command that can be copied stays whole.
    #expect(ran.exitCode == 0 && ran.screen.broken.allSatisfy { $0.hasPrefix("  use it: ") })
    let drawn = ran.screen.erased.filter { $0.contains(" runs · ") }
    for line in drawn { #expect(line.contains(/^ {2}\d\/3 runs · \d+ %/), "\(line)") }
    #expect(drawn.contains { $0.contains(/\d % · .* left/) })
    #expect(drawn.contains { $0.contains(/best 0\.\d+ \(point \d\)$/) })
    let shares = drawn.compactMap { $0.firstMatch(of: /(\d+) %/).flatMap { Int($0.1) } }
    #expect(shares == shares.sorted(), "it never goes back")
  }

  @Test func `no screen is broken by the terminal, and no word is broken by us`() throws {
    let millrace = try SmallPipeline.millrace()
    try millrace.folder.write(
      "wrong.toml", "[stage.load]\npath = 3\n[stage.clean]\nfrom = \"lod\"\n")
    try millrace("run", "small.toml")
    try millrace("run", "small.toml", "--set", "train.epochs=1", "--name", "a much shorter one")
    for line in [
      "--help", "run --help", "diff --help", "status small.toml", "stages load", "stages",
      "show small.toml", "show small.toml load", "show small.toml train",
      "show small.toml evaluate", "show small.toml evaluate --wrong", "graph small.toml",
      "explain small.toml --set clean.lowercase=false", "check wrong.toml", "runs", "gc --usage",
      "gc --older-than 0", "trace small.toml split.test --row 1",
      "diff small.toml --set train.epochs=1",
    ] {
      let command = line.split(separator: " ").map(String.init)
      let wide = try millrace.onTerminal(width: 400, command)
      let known = Set(wide.screen.words)
      for width in [60, 80, 100] {
        let narrow = try millrace.onTerminal(width: width, command)
        #expect(narrow.exitCode == wide.exitCode)
        #expect(narrow.screen.broken == [], "\(line) at \(width)")
        let torn = narrow.screen.words.filter { word in
          !known.contains(word) && word.contains(where: \.isLetter) && !word.contains("…")
            && !word.contains("|") && !word.contains("/")
        }
        #expect(torn == [], "\(line) at \(width)")
      }
    }
  }

  @Test(arguments: [
    ([:], true), (["NO_COLOR": "1"], false), (["NO_COLOR": ""], true), (["TERM": "dumb"], false),
  ])
  func `an error is red where there are colours`(
    variables: [String: String], isRed: Bool
  ) throws {
    let millrace = try Millrace()
    let failed = try millrace.onTerminal(
      width: 80, ["run", "absent.toml"], environment: variables)
    #expect(failed.exitCode == 2)
    #expect(failed.screen.lines[0].hasPrefix("error: cannot open 'absent.toml'"))
    #expect(failed.screen.written.contains("\u{1B}[31merror:\u{1B}[0m") == isRed)
    #expect(failed.screen.written.contains("\u{1B}") == isRed)
    #expect(try !millrace("run", "absent.toml").errors.contains("\u{1B}"))
  }

  @Test func `a terminal that knows no sequences gets none`() throws {
    let millrace = try SmallPipeline.millrace()
    let ran = try millrace.onTerminal(
      width: 80, ["run", "small.toml"], environment: ["TERM": "dumb"])
    #expect(ran.exitCode == 0 && !ran.screen.written.contains("\u{1B}"))
    #expect(!ran.screen.lines.contains { $0.contains("running") })
  }

  @Test func `at the prompt an empty text, and one without a known word, are said`() throws {
    let millrace = try SmallPipeline.millrace()
    try millrace("run", "small.toml")
    let answered = try millrace.onTerminal(
      width: 80, ["classify", "small.toml"],
      typing: ["", "Zyzzyva qoph", "She works as a nurse in Oslo."])
    #expect(answered.exitCode == 0)
    let lines = answered.screen.lines
    #expect(lines[0] == "one text a line; end with Ctrl-D")
    #expect(
      lines[1...4] == [
        "> ", "  type a text", "> Zyzzyva qoph",
        "  not classified: the model knows none of these words",
      ])
    #expect(lines[5] == "> She works as a nurse in Oslo.")
    #expect(lines[6].contains(/^[a-z]+\t0\.\d{4}$/), "\(lines[6])")
  }
}
