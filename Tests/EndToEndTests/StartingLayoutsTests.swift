import Fixtures
import Foundation
import Testing

/// `millrace init` on the kinds of files that people have: what it writes checks clean, and runs.
@Suite(.timeLimit(.minutes(120))) struct `Writing a first definition for files of every kind` {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let files: [String: String]
    var arguments = ["data"]
    /// What the definition must say.
    let says: [String]
    /// Whether it is run, too: one of each layout.
    var isRun = false
  }

  private static let good = [
    "a fine film indeed", "lovely and warm story", "great acting all round",
  ]
  private static let bad = ["a dull film indeed", "boring and cold story", "poor acting all round"]

  /// Rows of number, text and class.
  private static let rows: [(number: Int, text: String, label: String)] = (0..<40).map { number in
    let isGood = number % 2 == 0
    let text = (isGood ? good : bad)[number / 2 % 3]
    return (number, "\(text) number \(number)", isGood ? "pos" : "neg")
  }

  private static func table(
    _ header: String?, _ rows: [(number: Int, text: String, label: String)] = rows,
    _ row: (Int, String, String) -> String
  ) -> String {
    ((header.map { [$0] } ?? []) + rows.map { row($0.number, $0.text, $0.label) })
      .joined(separator: "\n") + "\n"
  }

  private static let english = "She does not like the house of the old man"
  private static let german = "Der alte Mann ist nicht in dem Haus und ich auch nicht"

  static let cases: [Case] = [
    Case(
      testDescription: "a CSV with a header",
      files: ["data.csv": table("text,label") { "\($1),\($2)" }],
      arguments: ["data.csv"],
      says: ["text = \"text\"", "label = \"label\"", "pooling = \"max\"", "[stage.validate]"]),
    Case(
      testDescription: "a CSV without a header", files: ["data.csv": table(nil) { "\($2),\($1)" }],
      arguments: ["data.csv"], says: ["header = false", "text = 2", "label = 1"]),
    Case(
      testDescription: "the index of pandas",
      files: ["data.csv": table(",review,sentiment") { "\($0),\($1),\($2)" }],
      arguments: ["data.csv"], says: ["text = \"review\"", "label = \"sentiment\"", "not used: 1"],
      isRun: true),
    Case(
      testDescription: "names that are empty, as Excel leaves them",
      files: ["spam.csv": table("v1,v2,,,") { "\($2),\($1),,," }], arguments: ["spam.csv"],
      says: ["text = \"v2\"", "label = \"v1\"", "the columns 3, 4, 5 are empty"]),
    Case(
      testDescription: "a decimal comma between semicolons",
      files: ["data.csv": table("preis;text;urteil") { "\($0),5;\($1);\($2)" }],
      arguments: ["data.csv"], says: ["delimiter = \";\"", "label = \"urteil\""], isRun: true),
    Case(
      testDescription: "Excel's line with the delimiter",
      files: ["data.csv": "sep=;\n" + table("text;label") { "\($1);\($2)" }],
      arguments: ["data.csv"], says: ["text = \"text\"", "label = \"label\""]),
    Case(
      testDescription: "blanks behind commas, and before quotes",
      files: ["data.csv": table("id, text, label") { "\($0), \"\($1), so\", \($2)" }],
      arguments: ["data.csv"], says: ["trim = true", "text = \"text\""]),
    Case(
      testDescription: "bars", files: ["data.txt": table("text|label") { "\($1)|\($2)" }],
      arguments: ["data.txt"], says: ["delimiter = \"|\""]),
    Case(
      testDescription: "a TSV with quotes that are doubled",
      files: ["data.tsv": table("text\tlabel") { "\"say \"\"\($1)\"\" now\"\t\($2)" }],
      arguments: ["data.tsv"], says: ["quoting = true"]),
    Case(
      testDescription: "a TSV with quotes that are text",
      files: ["data.tsv": table("text\tlabel") { "\"\($1)\" they said\t\($2)" }],
      arguments: ["data.tsv"], says: ["label = \"label\"\n"]),
    Case(
      testDescription: "classes that are numbers, names that are dotted",
      files: ["data.csv": table("review.text,review.stars") { "\($1),\($2 == "pos" ? 5 : 1)" }],
      arguments: ["data.csv"], says: ["text = \"review.text\"", "label = \"review.stars\""]),
    Case(
      testDescription: "a name of another script",
      files: ["data.csv": table("текст,label") { "\($1),\($2)" }],
      arguments: ["data.csv"], says: ["text = \"текст\""]),
    Case(
      testDescription: "a heading and a text",
      files: ["data.csv": table("title,body,category") { "Film \($0) there,\($1),\($2)" }],
      arguments: ["data.csv"], says: ["text = [\"title\", \"body\"]"]),
    Case(
      testDescription: "a pair of texts whose relation is the class",
      files: ["data.tsv": table("premise\thypothesis\tlabel") { "\($1)\tthe film is good\t\($2)" }],
      arguments: ["data.tsv"], says: ["template = \"{premise} | {hypothesis}\""]),
    Case(
      testDescription: "rows of one author stay together",
      files: ["data.csv": table("author,text,label") { "a\($0 % 7),\($1),\($2)" }],
      arguments: ["data.csv"], says: ["keep = \"author\"", "group = [\"author\"]"]),
    Case(
      testDescription: "JSON Lines",
      files: [
        "data.jsonl": table(nil) { "{\"id\": \($0), \"text\": \"\($1)\", \"label\": \"\($2)\"}" }
      ],
      arguments: ["data.jsonl"], says: ["text = \"text\"", "label = \"label\"", "not used: 'id'"]),
    Case(
      testDescription: "JSON Lines with members of members, by another name",
      files: ["data.txt": table(nil) { "{\"user\": {\"text\": \"\($1)\"}, \"label\": \"\($2)\"}" }],
      arguments: ["data.txt"], says: ["format = \"json\"", "text = \"user.text\""], isRun: true),
    Case(
      testDescription: "a list of objects",
      files: [
        "data.json": "["
          + rows.map { "{\"text\": \"\($0.text)\", \"label\": \"\($0.label)\"}" }
          .joined(separator: ",\n") + "]"
      ], arguments: ["data.json"], says: ["path = \"data.json\"\ntext = \"text\""]),
    Case(
      testDescription: "a list in a member of an object",
      files: [
        "data.json": "{\"version\": 1, \"data\": ["
          + rows.map {
            "{\"text\": \"\($0.text)\", \"label\": \"\($0.label)\"}"
          }.joined(separator: ",") + "]}"
      ], arguments: ["data.json"], says: ["rows = \"data\""], isRun: true),
    Case(
      testDescription: "fastText's lines",
      files: ["data.txt": table(nil) { "__label__\($2) \($1)" }], arguments: ["data.txt"],
      says: ["format = \"fasttext\""], isRun: true),
    Case(
      testDescription: "a label in front, as TREC has it",
      files: ["train.label": table(nil) { "\($2 == "pos" ? "DESC:manner" : "HUM:ind") \($1)" }],
      arguments: ["train.label"], says: ["label-prefix = \"\""], isRun: true),
    Case(
      testDescription: "files of train, dev and test",
      files: [
        "data/train.tsv": table("text\tlabel") { "\($1)\t\($2)" },
        "data/dev.tsv": table("text\tlabel") { "\($1)\t\($2)" },
        "data/test.tsv": table("text\tlabel") { "\($1)\t\($2)" },
        "data/README.md": "About the data.\n",
      ],
      says: [
        "parts = { train = \"data/train.tsv\", valid = \"data/dev.tsv\", test = \"data/test.tsv\" }"
      ]),
    Case(
      testDescription: "files of train and test",
      files: [
        "train.csv": table("text,label") { "\($1),\($2)" },
        "test.csv": table("text,label") { "\($1),\($2)" },
      ], arguments: ["train.csv", "test.csv"],
      says: ["parts = { train = \"train.csv\", test = \"test.csv\" }", "test = \"load.test\""],
      isRun: true),
    Case(
      testDescription: "a test file without labels",
      files: [
        "data/train.csv": table("id,text,label") { "\($0),\($1),\($2)" },
        "data/test.csv": table("id,text") { number, text, _ in "\(number),\(text)" },
      ], says: ["path = \"data/train.csv\"", "test.csv lacks columns of the training file"]),
    Case(
      testDescription: "a file for each class",
      files: [
        "data/rt.pos": rows.filter { $0.label == "pos" }.map { $0.text + "\n" }.joined(),
        "data/rt.neg": rows.filter { $0.label == "neg" }.map { $0.text + "\n" }.joined(),
      ], says: ["classes = { neg = \"data/rt.neg\", pos = \"data/rt.pos\" }"]),
    Case(
      testDescription: "a folder for each class",
      files: Dictionary(
        uniqueKeysWithValues: rows.map { ("data/\($0.label)/\($0.number).txt", $0.text + "\n") }),
      says: ["neg = \"data/neg\"", "each folder is a class"]),
    Case(
      testDescription: "a folder for each class of train and test",
      files: Dictionary(
        uniqueKeysWithValues: rows.map {
          ("data/\($0.number < 30 ? "train" : "test")/\($0.label)/\($0.number).txt", $0.text + "\n")
        }),
      says: ["[stage.load-train]", "test = \"load-test\"", "neg = \"data/train/neg\""], isRun: true),
    Case(
      testDescription: "a folder for each part, with a file of texts and one of labels",
      files: [("train", 0..<30), ("valid", 30..<35), ("test", 35..<40)].reduce(into: [:]) {
        files, part in
        let own = rows[part.1]
        files["data/\(part.0)/seq.in"] = own.map { $0.text + "\n" }.joined()
        files["data/\(part.0)/label"] = own.map { $0.label + "\n" }.joined()
        files["data/\(part.0)/seq.out"] = own.map { _ in "O O O\n" }.joined()
      }, says: ["text = \"data/train/seq.in\"", "label = \"data/test/label\""], isRun: true),
    Case(
      testDescription: "a folder for each part, with a table",
      files: [("train", 0..<30), ("test", 30..<40)].reduce(into: [:]) { files, part in
        files["data/\(part.0)/rows.csv"] = table("text,label", Array(rows[part.1])) {
          "\($1),\($2)"
        }
      }, says: ["train = \"data/train/rows.csv\"", "test = \"load.test\""]),
    Case(
      testDescription: "a column that names train, dev and test",
      files: [
        "data.csv": table("text,label,split") {
          "\($1),\($2),\($0 < 28 ? "train" : $0 < 34 ? "dev" : "test")"
        }
      ], arguments: ["data.csv"],
      says: [
        "by = \"split\"", "parts = { train = \"train\", valid = \"dev\", test = \"test\" }",
        "keep = \"split\"",
      ], isRun: true),
    Case(
      testDescription: "a column that names train and test",
      files: [
        "data.csv": table("set,text,label") { "\($0 < 30 ? "Training" : "Test"),\($1),\($2)" }
      ], arguments: ["data.csv"],
      says: [
        "[stage.named]", "parts = { train = \"Training\", test = \"Test\" }",
        "parts = { train = 0.9, valid = 0.1, test = \"named.test\" }", "label = \"label\"",
      ]),
    Case(
      testDescription: "texts and labels line by line",
      files: [
        "data/text.txt": rows.map { $0.text + "\n" }.joined(),
        "data/labels.txt": rows.map { $0.label + "\n" }.joined(),
      ], says: ["files = { text = \"data/text.txt\", label = \"data/labels.txt\" }"], isRun: true),
    Case(
      testDescription: "rows that cannot be read, a class of one row, labels that are missing",
      files: [
        "data.csv": table("text,label") { "\($1),\($2)" } + "too,many,fields\nodd one,odd\nnone,\n"
      ], arguments: ["data.csv"],
      says: [
        "on-error = \"skip\"", "unseen-labels = \"skip\"", "unlabelled = \"skip\"",
        "Look at this: 1 row cannot be read", "'odd'",
      ], isRun: true),
    Case(
      testDescription: "tags, entities and emoji in the texts",
      files: ["data.csv": table("text,label") { "<b>\($1)</b> &amp; 👍🏽,\($2)" }],
      arguments: ["data.csv"],
      says: ["html = true", "entities = true", "emoji = \"whole\""], isRun: true),
  ]

  private static let quick =
    "--set train.epochs=1 --set train.embedding=4 --set train.hidden=4 --quiet"

  @Test(arguments: cases)
  func `what it writes says what it found, checks clean, and runs`(_ example: Case) throws {
    let millrace = try Millrace(files: example.files)
    let written = try millrace.start(
      [Millrace.program.path, "init"] + example.arguments + ["--yes", "-o", "first.toml"]
    ).finish()
    #expect(written.exitCode == 0, "\(written.errors)")
    guard written.exitCode == 0 else { return }
    let text = try String(contentsOfFile: millrace.folder.path("first.toml"), encoding: .utf8)
    for said in example.says { #expect(text.contains(said), "\(said) in \(text)") }
    let checked = try millrace("check", "first.toml")
    #expect(checked.exitCode == 0 && checked.output.contains("no problems"), "\(checked.errors)")
    guard example.isRun else { return }
    let outcome = try millrace.shell("millrace run first.toml \(Self.quick)")
    #expect(outcome.exitCode == 0, "\(outcome.errors) of \(text)")
  }

  @Test func `line-aligned files become a translator, their languages told`() throws {
    func lines(_ text: String) -> String { (0..<60).map { "\(text) \($0).\n" }.joined() }
    let millrace = try Millrace(files: [
      "data/train.de": lines(Self.german), "data/train.en": lines(Self.english),
      "data/val.de": lines(Self.german), "data/val.en": lines(Self.english),
      "data/test.de": lines(Self.german), "data/test.en": lines(Self.english),
    ])
    let written = try millrace("init", "data", "--yes", "-o", "first.toml")
    #expect(written.exitCode == 0, "\(written.errors)")
    let text = try String(contentsOfFile: millrace.folder.path("first.toml"), encoding: .utf8)
    for said in [
      "files = { source = \"data/train.de\", target = \"data/train.en\" }",
      "valid = \"load-valid\", test = \"load-test\"", "From German into English",
      "language = \"de\"\n", "language = \"en\"\n",
    ] {
      #expect(text.contains(said), "\(said) in \(text)")
    }
    #expect(try millrace("check", "first.toml").output.contains("no problems"))
  }

  @Test func `languages without rules, and those without spaces, are named`() throws {
    let spanish = "El perro no es de la casa y los gatos en la calle por que se lo"
    let chinese = "我不喜欢这座老房子"
    let rows = (0..<30).map { "\(spanish) \($0)\t\(chinese)\($0)\n" }.joined()
    let millrace = try Millrace(files: ["pairs.tsv": rows])
    let text = try millrace("init", "pairs.tsv", "--yes", "-o", "-").output
    for said in [
      "From Spanish into Chinese", "Spanish has no rules of its own", "rules = \"characters\"",
    ] {
      #expect(text.contains(said), "\(said) in \(text)")
    }
  }

  @Test(arguments: [
    (["data"], ["data/a.csv": "x\n", "data/b.bin": "y\n"], "cannot be told: a.csv, b.bin"),
    (["data.txt"], ["data.txt": "one line\nand another one\n"], "what the columns are for"),
    (["data.xlsx"], ["data.xlsx": "PK\u{3}\u{4}"], "this is a zip file, not text"),
    (
      ["data", "--text", "x"], ["data/rt.pos": "a\n", "data/rt.neg": "b\n"],
      "these files have no columns to choose from"
    ),
  ])
  func `what it cannot use it says plainly`(
    words: [String], files: [String: String], problem: String
  ) throws {
    let millrace = try Millrace(files: files)
    let refused = try millrace.start(
      [Millrace.program.path, "init"] + words + ["--yes", "-o", "first.toml"]
    ).finish()
    #expect(refused.exitCode == 2 && refused.errors.contains(problem), "\(refused.errors)")
    #expect(refused.errors.contains("try: "))
  }
}
