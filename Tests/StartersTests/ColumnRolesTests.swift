import Diagnostics
import Files
import Fixtures
import Pipelines
import Starters
import Testing
import Text

@Suite struct `Guessing what columns are for` {
  private func roles(_ text: String, file: String = "data.csv") throws -> ColumnRoles? {
    let folder = try TemporaryFolder()
    let path = try folder.write(file, text)
    let sample = try TableSample(file: path) { () throws(Diagnostic) in try InputFile(path) }
    return ColumnRoles(guessing: sample)
  }

  @Test func `names that say it are believed`() throws {
    let rows = (0..<9).map { "\($0),some words \($0),\($0 % 2)\n" }.joined()
    #expect(
      try roles("id,sentence,label\n" + rows)
        == .classification(text: [.name("sentence")], label: .name("label")))
    #expect(
      try roles("id,source,target\n" + rows)
        == .translation(source: .name("source"), target: .name("target")))
    #expect(
      try roles("id,en,fr\n" + rows) == .translation(source: .name("en"), target: .name("fr")))
  }

  @Test func `without names, few short values are the label and the longest texts the text`() throws
  {
    let rows = (0..<30).map { number in
      "\(number % 3),Title \(number) here.,A longer text of number \(number) stands here.\n"
    }
    #expect(try roles(rows.joined()) == .classification(text: [.number(3)], label: .number(1)))
  }

  @Test func `two columns of sentences are a pair`() throws {
    let rows = (0..<30).map { "This is sentence \($0).\tVoici la phrase \($0).\n" }
    #expect(
      try roles(rows.joined(), file: "pairs.tsv")
        == .translation(source: .number(1), target: .number(2)))
  }

  @Test func `what says too little is left open`() throws {
    #expect(try roles("a\nb\nc\n") == nil)
  }
}
