import Diagnostics
import Fixtures
import Foundation
import Starters
import Testing

@Suite struct `Telling by names what files hold together` {
  private static func lines(_ count: Int) -> String {
    (0..<count).map { "line \($0)\n" }.joined()
  }

  /// Looks at a folder of files, given with how many lines each has.
  private func layout(_ counts: [String: Int]) throws -> DataLayout {
    let folder = try TemporaryFolder()
    for (name, count) in counts { try folder.write("data/\(name)", Self.lines(count)) }
    return try LayoutFinder([folder.path("data")]).layout()
  }

  private func problem(_ counts: [String: Int]) throws -> String {
    do { return "no problem, but \(try layout(counts))" } catch let error as Diagnostic {
      return "\(error)"
    }
  }

  @Test(arguments: [
    (["train.de": 30, "train.en": 31], "train.de has 30 lines, but train.en 31"),
    (["train.src": 30, "train.tgt": 29], "train.src has 30 lines, but train.tgt 29"),
    (["news-de.txt": 3, "news-en.txt": 1], "news-de.txt has 3 lines, but news-en.txt 1"),
    (["text.txt": 30, "labels.txt": 31], "labels.txt has 31 lines, but text.txt 30"),
    (["train/x.de": 3, "train/x.en": 4], "x.de has 3 lines, but x.en 4"),
    (["train/seq.in": 3, "train/label": 2, "train/seq.out": 3], "has 2 lines, but seq.in 3"),
    (
      ["train.de": 9, "train.en": 9, "val.de": 2, "val.en": 3, "test.de": 2, "test.en": 2],
      "val.de has 2 lines, but val.en 3"
    ),
  ])
  func `files whose lines belong together must have equally many`(
    _ counts: [String: Int], _ said: String
  ) throws {
    let problem = try problem(counts)
    #expect(problem.contains(said), "\(problem)")
    #expect(problem.contains("try: look for a line that is missing or broken in two"))
  }

  @Test(arguments: [
    (["train.de": 9, "train.en": 9, "train.fr": 9], "train.de, train.en, train.fr"),
    (["train.de": 9, "train.en": 8, "train.fr": 7, "val.de": 2, "val.en": 2], "train.de,"),
    (["train/x.de": 9, "train/x.en": 9, "train/x.fr": 9], "x.de, x.en, x.fr"),
    (["wiki-de.txt": 9, "wiki-fr.txt": 9, "wiki-es.txt": 9], "wiki-de.txt, wiki-es.txt"),
  ])
  func `of three languages, two are to be named`(_ counts: [String: Int], _ said: String) throws {
    let problem = try problem(counts)
    #expect(problem.contains("a translation has two languages, but here are 3: \(said)"))
    #expect(problem.contains("try: name the files of two: millrace init /"), "\(problem)")
    #expect(!problem.contains("val.fr"))
  }

  @Test func `files that are named after languages alone may be classes`() throws {
    for counts in [
      ["de.txt": 30, "en.txt": 31], ["de.txt": 30, "en.txt": 30, "fr.txt": 30],
    ] {
      guard case .classes(let parts) = try layout(counts) else {
        Issue.record("\(counts)")
        continue
      }
      #expect(
        parts[0].files.map(\.name).sorted() == counts.keys.map { String($0.prefix(2)) }.sorted())
    }
  }

  @Test func `aligned files are parts, and a file of one language alone is none`() throws {
    let layout = try layout([
      "train.de": 9, "train.en": 9, "val.de": 2, "val.en": 2, "val.fr": 5, "test.de": 3,
    ])
    guard case .parallel(let parts) = layout else { throw Unexpected(layout: layout) }
    #expect(parts.map(\.name) == ["train", "valid"])
    #expect(parts.allSatisfy { Set($0.files.map(\.name)) == ["language de", "language en"] })
  }

  private struct Unexpected: Error { let layout: DataLayout }

  @Test func `tables of two languages need not have equally many lines`() throws {
    guard case .table(let files) = try layout(["news-de.csv": 3, "news-en.csv": 4]) else {
      Issue.record("no tables")
      return
    }
    #expect(files.count == 2)
  }

  @Test(arguments: [[], [".hidden"], ["README.md"]])
  func `a folder without files of data is said to have none`(_ names: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.write("data/x", "")
    let empty = "\(folder.path("data"))/empty"
    for name in names { try folder.write("data/empty/\(name)", "x\n") }
    try FileManager.default.createDirectory(
      atPath: folder.path("data/empty"), withIntermediateDirectories: true)
    #expect {
      try LayoutFinder([empty]).layout()
    } throws: { "\($0)".contains("'\(empty)' holds no files of data") }
  }

  @Test func `an empty folder beside files is no file`() throws {
    let folder = try TemporaryFolder()
    try folder.write("data/rows.csv", "text,label\n")
    try FileManager.default.createDirectory(
      atPath: folder.path("data/empty"), withIntermediateDirectories: true)
    #expect(
      try LayoutFinder([folder.path("data")]).layout()
        == .table([folder.path("data") + "/rows.csv"]))
  }
}
