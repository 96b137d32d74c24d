import Fixtures
import Foundation
import Testing

/// Files of rows in, the same rows with a model's answers out.
@Suite(.timeLimit(.minutes(120))) struct AnsweredTablesTests {
  private static let rows = """
    label,text
    good,a lovely film
    good,a bright song
    bad,a dull film
    bad,a cold song

    """
  private static let definition = """
    [stage.load]
    path = "rows.csv"
    text = "text"
    label = "label"
    [stage.words]
    kind = "learn-vocabulary"
    from = "load"
    [stage.binarize]
    from = "load"
    vocabulary = "words"
    [stage.train]
    model = "naive-bayes"
    from = "binarize"
    [stage.evaluate]
    from = "binarize"
    model = "train"
    """

  private static func millrace(_ files: [String: String] = [:]) throws -> Millrace {
    let own = ["rows.csv": rows, "small.toml": definition]
    let millrace = try Millrace(files: own.merging(files) { $1 })
    let run = try millrace("run", "small.toml")
    try #require(run.exitCode == 0, "\(run.errors)")
    return millrace
  }

  private func text(_ millrace: Millrace, _ name: String) throws -> String {
    try String(contentsOf: millrace.folder.url.appending(path: name), encoding: .utf8)
  }

  @Test func `a file keeps its columns and gets labels`() throws {
    let millrace = try Self.millrace(["new.csv": "id,text\n1,\"lovely ,\n bright\"\n2,dull\n"])
    let done = try millrace(
      "classify", "small.toml", "--input", "new.csv", "--text", "text", "-o", "out.csv")
    #expect(done.exitCode == 0 && done.errors.isEmpty, "\(done.errors)")
    #expect(done.output.hasPrefix("wrote out.csv, 2 rows, "))
    let lines = try text(millrace, "out.csv")
    let pattern =
      /id,text,label,probability\n1,"lovely ,\n bright",good,0\.\d+\n2,dull,bad,0\.\d+\n/
    #expect(lines.wholeMatch(of: pattern) != nil, "\(lines)")
    let names = try FileManager.default.contentsOfDirectory(atPath: millrace.folder.url.path)
    #expect(names.allSatisfy { !$0.hasSuffix(".new") })
  }

  @Test func `JSON may come through a pipe, though it is read twice`() throws {
    let millrace = try Self.millrace([
      "new.jsonl": "{\"text\":\"lovely\"}\n{\"text\":\"dull\",\"id\":7}\n"
    ])
    let file = try millrace("classify", "small.toml", "--input", "new.jsonl", "--text", "text")
    let piped = try millrace.shell(
      "cat new.jsonl | ( millrace classify small.toml --text text --load format=json )")
    #expect(piped.output == file.output && piped.output.contains("\"id\":\"7\""), "\(piped.errors)")
    #expect(piped.exitCode == 0)
  }

  @Test func `rows go to standard output as they came, or as JSON Lines`() throws {
    let millrace = try Self.millrace()
    let csv = try millrace(
      "classify", "small.toml", "--text", "text", "--top", "2", input: "text\nlovely\n")
    #expect(
      csv.output.wholeMatch(
        of: /text,label,probability,label-2,probability-2\nlovely,good,0\.\d+,bad,0\.\d+\n/) != nil,
      "\(csv.output)\(csv.errors)")
    let json = try millrace(
      "classify", "small.toml", "--text", "text", "--json", "--probabilities",
      input: "text\nlovely\n")
    let row = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(row["label"] as? String == "good")
    let (good, bad) = (row["probability-good"] as? Double, row["probability-bad"] as? Double)
    #expect(abs(try #require(good) + #require(bad) - 1) < 1e-5)
  }

  @Test func `bad rows are reported and answered as asked`() throws {
    let millrace = try Self.millrace(["new.csv": "id,text\n1,lovely\n2\n3,dull\n"])
    let words = ["classify", "small.toml", "--input", "new.csv", "--text", "text", "-o", "out.csv"]
    func run(_ option: String) throws -> (code: Int32, errors: String, lines: Int) {
      let done = try millrace.shell(
        "millrace \(words.joined(separator: " ")) --bad-rows \(option)")
      let lines = (try? text(millrace, "out.csv"))?.split(separator: "\n").count ?? 0
      return (done.exitCode, done.errors, lines)
    }
    let stopped = try run("stop")
    #expect(stopped.code == 2 && stopped.lines == 0)
    #expect(stopped.errors.contains("new.csv:3: error: expected 2 fields, found 1"))
    let skipped = try run("skip")
    #expect(skipped.code == 0 && skipped.lines == 3)
    #expect(skipped.errors.contains("new.csv:3: warning: expected 2 fields, found 1"))
    #expect(skipped.errors.contains("1 row could not be read: left out"))
    #expect(try run("blank").lines == 4)
  }

  @Test func `what is wrong is one error, and the file of before stays`() throws {
    let millrace = try Self.millrace([
      "new.csv": "id,txt\n1,lovely\n", "taken.csv": "text,label\na,b\n", "out.csv": "before",
    ])
    for (words, problem) in [
      (["--input", "new.csv", "--text", "text", "-o", "out.csv"], "did you mean 'txt'?"),
      (
        ["--input", "taken.csv", "--text", "text", "-o", "out.csv"], "has a column 'label' already"
      ),
      (["--input", "none.csv", "--text", "text", "-o", "out.csv"], "none.csv"),
      (["--input", "new.csv", "--text", "txt", "-o", "out.xlsx"], "says no format to write"),
      (["--input", "new.csv", "--text", "txt", "-o", "no/folder.csv"], "no/folder.csv"),
      (["--prefix", "x"], "--prefix means nothing to lines of text"),
    ] {
      let line = (["classify", "small.toml"] + words).joined(separator: " ")
      let done = try millrace.shell("millrace \(line) < /dev/null")
      #expect(done.exitCode == 2 && done.errors.contains(problem), "\(words): \(done.errors)")
    }
    #expect(try text(millrace, "out.csv") == "before")
    let taken = try millrace(
      "classify", "small.toml", "--input", "taken.csv", "--text", "text", "--prefix", "predicted-")
    #expect(taken.output.hasPrefix("text,label,predicted-label,predicted-probability\n"))
  }

  @Test func `lines of what is evidently a table are warned of`() throws {
    let millrace = try Self.millrace([
      "new.csv": "id,text\n1,lovely\n2,dull\n", "new.txt": "dull\n",
    ])
    let table = try millrace("classify", "small.toml", "--input", "new.csv")
    #expect(table.exitCode == 0 && table.output.split(separator: "\n").count == 3)
    #expect(table.errors.contains("this looks like a table with the columns id, text"))
    #expect(table.errors.contains("--text text"))
    #expect(try millrace("classify", "small.toml", "--input", "new.txt").errors.isEmpty)
  }

  @Test func `a translator answers a column with a column, as the definition translates`() throws {
    let pairs = ["one\tun", "two\tdeux", "one, two\tun, deux", "two, one\tdeux, un"]
    let translating = """

      [stage.translate]
      from = "load"
      model = "train"
      beam = 3
      n-best = 2
      """
    let millrace = try Millrace(files: [
      "pairs.tsv": (pairs + pairs + pairs).map { $0 + "\n" }.joined(),
      "small.toml": PairStages.smallTranslator() + translating,
      "new.csv": "id,en\n1,\"one, two\"\n2,two\n",
    ])
    try #require(try millrace("run", "small.toml", "train").exitCode == 0)
    let words = "translate small.toml train --input new.csv --text en"
    let two = try millrace.shell("millrace \(words)")
    #expect(
      two.output.hasPrefix(
        "id,en,translation,score,translation-2,score-2\n1,\"one, two\",\"un, deux\",-"),
      "\(two.output)\(two.errors)")
    let one = try millrace.shell("millrace \(words) --nbest 1 -o out.tsv")
    #expect(one.exitCode == 0)
    #expect(
      try text(millrace, "out.tsv") == "id\ten\ttranslation\n1\tone, two\tun, deux\n2\ttwo\tdeux\n")
  }

  @Test func `wrong rows and tables are written for other programs`() throws {
    let millrace = try Self.millrace()
    let wrong = try millrace("show", "small.toml", "evaluate.predictions", "--wrong")
    #expect(wrong.exitCode == 0 && wrong.output.contains("0 wrong rows, of 4"), "\(wrong.errors)")
    let csv = try millrace(
      "show", "small.toml", "evaluate", "--true", "good", "--format", "csv")
    #expect(csv.output.hasPrefix("row,line,true,predicted,probability,words,text\n1,2,good,good,"))
    let table = try millrace("show", "small.toml", "load", "--rows", "2", "--format", "markdown")
    #expect(table.output.hasPrefix("| line | text | label |\n| ---: | --- | --- |\n| 2 | a lovely"))
    let none = try millrace("show", "small.toml", "words", "--wrong")
    #expect(none.exitCode == 2)
    for words in [["show", "small.toml"], ["runs"], ["show", "last"]] {
      let done = try millrace.shell("millrace \(words.joined(separator: " ")) --format csv")
      #expect(done.exitCode == 0 && done.output.contains(","), "\(words) \(done.errors)")
    }
  }
}
