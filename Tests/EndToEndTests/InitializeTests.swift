import Fixtures
import Foundation
import Testing

/// `millrace init`: from a file of data to a definition that runs.
@Suite struct `Writing a first definition` {
  private static func rows(_ header: String, _ delimiter: String) -> String {
    let rows = (0..<40).flatMap { number in
      [
        "She teaches class \(number) how to read.\(delimiter)teacher",
        "He cooks soup number \(number) for guests.\(delimiter)chef",
      ]
    }
    return ([header] + rows).joined(separator: "\n") + "\n"
  }

  @Test(arguments: [
    ("bios.csv", ",", "bio,job"), ("bios.tsv", "\t", "bio\tjob"), ("x.csv", ";", "bio;job"),
  ])
  func `what it writes checks clean, and runs`(file: String, delimiter: String, header: String)
    throws
  {
    let millrace = try Millrace(files: ["data/\(file)": Self.rows(header, delimiter)])
    let written = try millrace("init", "data/\(file)", "--yes", "-o", "first.toml")
    #expect(written.exitCode == 0, "\(written.errors)")
    #expect(written.output == "wrote first.toml; now run: millrace run first.toml\n")
    #expect(try millrace("check", "first.toml").output.contains("no problems"))
    let outcome = try millrace.run("first.toml", "--set", "train.epochs=1")
    #expect(outcome.exitCode == 0 && outcome.ran.count == 10, "\(outcome.finished.errors)")
  }

  /// Options that make a translator too small to be of use, and quick.
  private static let tiny = [
    "learn-bpe.merges=60", "train.embedding=8", "train.encoder-channels=[8]",
    "train.decoder-channels=[8]", "train.output-embedding=8", "train.epochs=1",
    "evaluate.resamples=0",
  ].map { "--set '\($0)'" }.joined(separator: " ")

  @Test func `sentence pairs become a translator, whose report shows what it looked at`() throws {
    let pairs = try String(
      contentsOf: Folders.fixtures.appending(path: "en-fr.tsv"), encoding: .utf8
    ).split(separator: "\n").prefix(240)
    let millrace = try Millrace(files: ["en-fr.tsv": pairs.joined(separator: "\n") + "\n"])
    #expect(try millrace("init", "en-fr.tsv", "--yes").exitCode == 0)
    #expect(try millrace("check", "en-fr.toml").output.contains("no problems"))
    let text = try String(contentsOfFile: millrace.folder.path("en-fr.toml"), encoding: .utf8)
    #expect(text.contains("header = false") && text.contains("language = \"fr\""))
    let run = try millrace.shell("millrace run en-fr.toml \(Self.tiny)")
    #expect(run.exitCode == 0, "\(run.errors)")
    let page = try millrace.shell("millrace report en-fr.toml \(Self.tiny) -o -").output
    for part in ["What the BLEU is made of", "BLEU by length", "Middling sentence"] {
      #expect(page.contains(part), "\(part)")
    }
    #expect(page.contains("what each piece written looked at"))
  }

  @Test func `the path is as seen from the folder of the definition`() throws {
    let millrace = try Millrace(files: [
      "data/bios.csv": Self.rows("bio,job", ","), "pipelines/none": "",
    ])
    try millrace("init", "data/bios.csv", "--yes", "-o", "pipelines/bios.toml")
    let text = try String(
      contentsOfFile: millrace.folder.path("pipelines/bios.toml"), encoding: .utf8)
    #expect(text.contains("path = \"../data/bios.csv\""))
    #expect(try millrace("check", "pipelines/bios.toml").exitCode == 0)
  }

  @Test func `languages are told from the sentences, and doubted where they cannot be`() throws {
    let english = "She does not like the house of the old man."
    let french = "Elle n'aime pas la maison des amis, et il est dans le jardin."
    let rows = (0..<20).map { "\(english)\($0)\t\(french)\($0)\n" }.joined()
    let unknown = (0..<20).map { "Olá mundo grande \($0)\tBonan tagon mondo \($0)\n" }.joined()
    let millrace = try Millrace(files: ["tat.tsv": rows, "odd.tsv": unknown])
    let told = try millrace("init", "tat.tsv", "--source", "1", "--target", "2", "-o", "-").output
    #expect(told.contains("language = \"en\"\n") && told.contains("language = \"fr\"\n"))
    let odd = try millrace("init", "odd.tsv", "--source", "1", "--target", "2", "-o", "-").output
    #expect(odd.contains("language = \"en\"                        # a guess"))
  }

  @Test func `rows without a label are left out by a line of the definition`() throws {
    let rows = Self.rows("bio,job", ",") + "Nobody knows what she does.,\n"
    let millrace = try Millrace(files: ["bios.csv": rows])
    let written = try millrace("init", "bios.csv", "--yes", "-o", "-").output
    #expect(written.contains("unlabelled = \"skip\" "))
  }

  @Test func `columns are named or numbered on the command line`() throws {
    let millrace = try Millrace(files: ["bios.csv": Self.rows("bio,job", ",")])
    let named = try millrace("init", "bios.csv", "--text", "1", "--label", "job", "-o", "-").output
    #expect(named.contains("text = \"bio\"\nlabel = \"job\"\n"))
    let pairs = try millrace("init", "bios.csv", "--source", "bio", "--target", "job", "-o", "-")
    #expect(pairs.output.contains("source = \"bio\"\ntarget = \"job\"\n"))
  }

  @Test func `on a terminal it asks, proposes, and asks again`() throws {
    let millrace = try Millrace(files: ["bios.csv": Self.rows("bio,job", ",")])
    let asked = try millrace.onTerminal(
      width: 100, ["init", "bios.csv"], typing: ["3", "", "", "bio", "job"], prompt: ": ")
    for text in [
      "(1) text with labels", "that is none of them", "[bio]", "[job]", "wrote bios.toml",
    ] {
      #expect(asked.screen.written.contains(text), "\(text): \(asked.screen.written)")
    }
  }

  /// A table whose labels and file name hold what a terminal obeys and TOML allows in no comment.
  @Test func `control characters are escaped in what is written and said`() throws {
    let rows = Self.rows("bio,job", ",") + "foo bar,x\u{2}y\nfoo baz,\"a\u{1B}[31m\nb\"\n"
    let millrace = try Millrace(files: ["data/ctl\u{1B}[31m\n.csv": rows])
    let written = try millrace("init", "data/ctl\u{1B}[31m\n.csv", "--yes")
    #expect(written.exitCode == 0, "\(written.errors)")
    #expect(written.output.contains(#"'a\u001b[31m\nb', 'x\u0002y'"#), "\(written.output)")
    #expect(written.output.hasSuffix("now run: millrace run 'ctl_[31m_.toml'\n"))
    #expect(!written.output.contains("\u{1B}"))
    let checked = try millrace("check", "ctl_[31m_.toml")
    #expect(checked.output.contains("no problems"), "\(checked.errors)")
  }

  @Test func `what it says to run next can be pasted into a shell`() throws {
    let millrace = try Millrace(files: ["na me 😀.csv": Self.rows("bio,job", ",")])
    let written = try millrace("init", "na me 😀.csv", "--yes").output
    #expect(written == "wrote 'na me 😀.toml'; now run: millrace run 'na me 😀.toml'\n")
    let hidden = try Millrace(files: [".hidden.csv": Self.rows("bio,job", ",")])
    #expect(try hidden("init", ".hidden.csv", "--yes").output.contains("millrace run data.toml"))
  }

  @Test(arguments: [
    (["same.csv"], "there is one class only, 'x': a classifier is learned from two or more"),
    (["texts.txt", "labels.txt"], "there is one class only, 'x'"),
    (["fast.txt"], "there is one class only, 'x'"),
    (["none.csv", "--text", "text", "--label", "label"], "no row has a label"),
  ])
  func `a single class is doubted as one`(words: [String], doubt: String) throws {
    let texts = (0..<300).map { "some words \($0)" }
    let millrace = try Millrace(files: [
      "same.csv": "text,label\n" + texts.map { "\($0),x\n" }.joined(),
      "none.csv": "text,label\n" + texts.map { "\($0),\n" }.joined(),
      "texts.txt": texts.map { "\($0)\n" }.joined(),
      "labels.txt": texts.map { _ in "x\n" }.joined(),
      "fast.txt": texts.map { "__label__x \($0)\n" }.joined(),
    ])
    let written = try millrace.start(
      [Millrace.program.path, "init"] + words + ["--yes", "-o", "first.toml"]
    ).finish()
    #expect(written.output.contains("look at this: \(doubt)"), "\(written)")
    #expect(!written.output.contains("another value in most rows"))
    let text = try String(contentsOfFile: millrace.folder.path("first.toml"), encoding: .utf8)
    #expect(!text.contains("1 classes") && !text.contains("0 classes"))
  }

  @Test func `a file of a part that cannot be read is said not to be used, and why`() throws {
    let rows = Self.rows("bio,job", ",")
    let millrace = try Millrace(files: ["train.csv": rows, "test.csv": rows, "dev.csv": ""])
    let written = try millrace("init", "train.csv", "test.csv", "dev.csv", "--yes", "-o", "x.toml")
    #expect(
      written.output.contains("dev.csv cannot be read (the file is empty) and is not used"),
      "\(written)")
    #expect(try millrace("check", "x.toml").output.contains("no problems"))
  }

  @Test func `it counts the rows that load reads`() throws {
    let pairs = (0..<30).map { "This is sentence \($0).\tVoici la phrase \($0).\n" }
    let millrace = try Millrace(files: ["pairs.tsv": pairs.joined() + "\t\n"])
    let text = try millrace("init", "pairs.tsv", "--yes", "-o", "-").output
    #expect(text.contains("# pairs.tsv: 31 rows.\n"))
    try millrace("init", "pairs.tsv", "--yes")
    #expect(try millrace("run", "pairs.toml", "load").output.contains("31 rows"))
  }

  @Test func `rows of delimiters above the header are left out, so that it runs`() throws {
    let millrace = try Millrace(files: ["bios.csv": ",\n,\n" + Self.rows("bio,job", ",")])
    try millrace("init", "bios.csv", "--yes")
    #expect(try millrace("check", "bios.toml").output.contains("no problems"))
    #expect(try millrace("run", "bios.toml", "load").output.contains("80 rows"))
  }

  @Test(arguments: [
    (["bios.csv"], "there is no terminal to ask on; the columns are bio, job"),
    (["bios.csv", "--text", "boi", "--label", "job"], "no column 'boi'; did you mean 'bio'?"),
    (["bios.csv", "--text", "bio"], "the columns given are no pair"),
    (["bios.csv", "--text", "bio", "--label", "1"], "the column 'bio' is given twice"),
    (["bios.csv", "--text", "bio", "--text", "bio", "--label", "job"], "'bio' is given twice"),
    (["bios.csv", "--source", "job", "--target", "job"], "the column 'job' is given twice"),
    (["bios.csv", "--yes", "-o", "x.csv"], "'x.csv' is no name of a definition"),
    (["bios.csv", "--yes", "-o", "bios"], "'bios' is no name of a definition"),
    (["short.csv", "--yes"], "short.csv:2: error: the only row cannot be read"),
    (["train.de", "train.en", "--yes"], "train.de has 2 lines, but train.en 1"),
    (["bios.csv", "--yes", "-o", "bios.csv"], "'bios.csv' is there already"),
    (["nothing.csv", "--yes"], "cannot open 'nothing.csv'"),
    (["one.csv", "--yes"], "what the columns are for cannot be told"),
    (["empty.csv", "--yes"], "the file is empty"),
  ])
  func `what it cannot do it says, with a remedy`(words: [String], problem: String) throws {
    let millrace = try Millrace(files: [
      "bios.csv": Self.rows("bio,job", ","), "one.csv": "a\nb\nc\n", "empty.csv": "",
      "short.csv": "foo,bar,baz\n1,2\n", "train.de": "eins\nzwei\n", "train.en": "one\n",
    ])
    let refused = try millrace.start([Millrace.program.path, "init"] + words).finish()
    #expect(refused.exitCode == 2 && refused.errors.contains(problem), "\(refused.errors)")
    #expect(refused.errors.contains("try: "))
    #expect(!FileManager.default.fileExists(atPath: millrace.folder.path("bios.toml")))
  }
}
