import Fixtures
import Foundation
import Testing

/// `millrace init --load OPTION=VALUE`: what a person says of how files are written.
@Suite(.timeLimit(.minutes(120))) struct `Saying how files are written to init` {
  private static let rows: [(text: String, label: String)] = (0..<40).map { number in
    number % 2 == 0 ? ("a fine film \(number)", "pos") : ("a dull film \(number)", "neg")
  }

  private static func lines(_ row: ((text: String, label: String)) -> String) -> String {
    rows.map { row($0) + "\n" }.joined()
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let file: String
    let text: String
    /// What is told without the options; nil where it is no error.
    let problem: String?
    let settings: [String]
    /// The lines of the definition that the options become.
    let says: [String]
    let rowCount: Int
  }

  private static let cases = [
    Case(
      testDescription: "NUL bytes", file: "data.csv",
      text: "text,label\n" + lines { "\($0.text),\($0.label)" } + "a\0b,pos\n",
      problem: "NUL byte in text", settings: ["invalid=replace"],
      says: ["invalid = \"replace\"\n"], rowCount: 41),
    Case(
      testDescription: "a row that is longer than usual", file: "data.csv",
      text: "text,label\n" + lines { "\($0.text),\($0.label)" }
        + String(repeating: "x", count: 33 << 20) + ",pos\n",
      problem: "record is longer than 32 MB", settings: ["row-limit=40"],
      says: ["row-limit = 40\n"], rowCount: 41),
    Case(
      testDescription: "labels in front of lines without a mark", file: "data.txt",
      text: lines { "\($0.label) \($0.text)" },
      problem: "what the columns are for cannot be told",
      settings: ["format=fasttext", "label-prefix="],
      says: ["format = \"fasttext\"\n", "label-prefix = \"\"\n"], rowCount: 40),
    Case(
      testDescription: "a delimiter that is not usual", file: "data.csv",
      text: "text^label\n" + lines { "\($0.text)^\($0.label)" },
      problem: "what the columns are for cannot be told", settings: ["delimiter=^"],
      says: ["delimiter = \"^\"\n"], rowCount: 40),
    Case(
      testDescription: "lines of comment", file: "data.csv",
      text: "# made by hand\ntext,label\n" + lines { "\($0.text),\($0.label)" },
      problem: nil, settings: ["comment='#'"], says: ["comment = \"#\"\n"], rowCount: 40),
    Case(
      testDescription: "tabs in a file of another name", file: "data.csv",
      text: "text\tlabel\n" + lines { "\($0.text), or \"so\"\t\($0.label)" },
      problem: nil, settings: ["format=tsv"], says: ["format = \"tsv\"\n"], rowCount: 40),
    Case(
      testDescription: "a first row that looks like names and is none", file: "data.csv",
      text: "text,pos\n" + lines { "\($0.text),\($0.label)" },
      problem: nil, settings: ["header=false"], says: ["header = false\n"], rowCount: 41),
  ]

  @Test(arguments: cases)
  func `what is said is heeded, written, and read by load`(_ example: Case) throws {
    let millrace = try Millrace(files: [example.file: example.text])
    if let problem = example.problem {
      let refused = try millrace("init", example.file, "--yes", "-o", "first.toml")
      #expect(refused.exitCode == 2 && refused.errors.contains(problem), "\(refused.errors)")
    }
    let options = example.settings.flatMap { ["--load", $0] }
    let written = try millrace.start(
      [Millrace.program.path, "init", example.file, "--yes", "-o", "first.toml"] + options
    ).finish()
    #expect(written.exitCode == 0, "\(written.errors)")
    let text = try String(contentsOfFile: millrace.folder.path("first.toml"), encoding: .utf8)
    for line in example.says { #expect(text.contains(line), "\(line) in \(text)") }
    #expect(text.contains("# \(example.file): \(example.rowCount) rows.\n"), "\(text)")
    #expect(try millrace("check", "first.toml").output.contains("no problems"))
    let run = try millrace("run", "first.toml", "load")
    #expect(run.output.contains("\(example.rowCount) rows"), "\(run.output)\(run.errors)")
  }

  @Test func `a remedy that sets an option of load says how that is given here`() throws {
    let millrace = try Millrace(files: ["data.csv": "text,label\na\0b,x\n"])
    let refused = try millrace("init", "data.csv", "--yes")
    #expect(
      refused.errors.hasSuffix("or invalid = \"replace\"; here with --load OPTION=VALUE\n"),
      "\(refused.errors)")
  }

  @Test func `a line of fastText without a label is one`() throws {
    let text = "__label__a one\n__label__b two\nthree\n__label__a four\n"
    let millrace = try Millrace(files: ["data.txt": text])
    let written = try millrace("init", "data.txt", "--yes", "-o", "-")
    #expect(written.output.contains("format = \"fasttext\"\n"), "\(written.errors)")
    #expect(written.output.contains("1 row without a label is left out"))
  }

  @Test func `files whose lines belong together have an encoding and a limit`() throws {
    let lines = (0..<60).map { "the h\u{E9}ron \($0)\n" }.joined()
    let bytes = lines.unicodeScalars.map { UInt8($0.value) }
    let millrace = try Millrace(files: ["none": ""])
    try millrace.folder.write("data/train.fr", bytes: bytes)
    try millrace.folder.write("data/train.en", bytes: bytes)
    try millrace("init", "data", "--yes", "-o", "first.toml", "--load", "encoding=latin-1")
    let text = try String(contentsOfFile: millrace.folder.path("first.toml"), encoding: .utf8)
    #expect(text.contains("\nencoding = \"latin-1\"\n"), "\(text)")
    #expect(try millrace("check", "first.toml").output.contains("no problems"))
    let refused = try millrace("init", "data", "--yes", "--load", "delimiter=;")
    #expect(refused.errors.contains("delimiter means nothing to files of lines"))
  }

  @Test(arguments: [
    ("delimiter", "--load wants OPTION=VALUE"), ("delimeter=;", "did you mean 'delimiter'?"),
    ("header=perhaps", "header wants"), ("path=other.csv", "path says where files are"),
    ("label=job", "no option 'label'"), ("several-labels=first", "several-labels means nothing"),
  ])
  func `what is no option of how files are written is refused`(
    setting: String, problem: String
  ) throws {
    let millrace = try Millrace(files: ["data.csv": "text,label\na b,x\nc d,y\n"])
    let refused = try millrace("init", "data.csv", "--yes", "--load", setting)
    #expect(refused.exitCode == 2 && refused.errors.contains(problem), "\(refused.errors)")
  }

  @Test func `an option that is none of the format found is refused before anything is written`()
    throws
  {
    let millrace = try Millrace(files: ["data.txt": "{\"text\": \"a b\", \"label\": \"x\"}\n"])
    let refused = try millrace("init", "data.txt", "--yes", "--load", "delimiter=;")
    #expect(refused.errors.contains("delimiter means nothing"), "\(refused.errors)")
    #expect(!FileManager.default.fileExists(atPath: millrace.folder.path("data.toml")))
  }

  @Test func `a format that is left to be told from the file is that of the file`() throws {
    let text = "{\"text\": \"a b\", \"label\": \"x\"}\n{\"text\": \"c d\", \"label\": \"y\"}\n"
    let millrace = try Millrace(files: ["data.jsonl": text])
    let refused = try millrace(
      "init", "data.jsonl", "--yes", "--load", "format=auto", "--load", "stray-quotes=keep")
    #expect(refused.exitCode == 2 && refused.errors.contains("stray-quotes means nothing"))
    let written = try millrace("init", "data.jsonl", "--yes", "--load", "format=auto")
    #expect(written.exitCode == 0, "\(written.errors)")
  }
}
