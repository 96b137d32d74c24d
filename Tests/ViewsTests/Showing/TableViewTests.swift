import Artifacts
import Diagnostics
import Formats
import Testing
import Views

@Suite struct `A table is shown` {
  private static let rows = """
    line\ttext\tlabel
    2\tShe teaches maths .\tteacher
    3\tHe cooks .\tchef
    4\tHe cooks .\tchef
    7\tZoë naïvely said " a\\tb "\tchef

    """

  private let sample: StoredSample
  private let object: StoredObject

  init() throws {
    sample = try StoredSample()
    object = try sample.stored(Self.rows)
  }

  @Test func `with its first rows, its columns, its lengths and its labels`() throws {
    let view = try sample.view(of: object, "table", RowSelection(limit: 2))
    #expect(
      view.text(width: 80) == [
        "4 rows, 2 columns; 1 repeats an earlier one",
        "",
        "column  empty  different  words: least  median  mean  99 %  most  characters",
        "──────  ─────  ─────────  ────────────  ──────  ────  ────  ────  ──────────",
        "text        0          3             3       3   4.3     7     7          63",
        "label       0          2             1       1   1.0     1     1          19",
        "",
        "line  text                 label",
        "────  ───────────────────  ───────",
        "   2  She teaches maths .  teacher",
        "   3  He cooks .           chef",
        "",
        "text: words in a row",
        "3 ▕████████████████████████████████████████████████ 2  50.0 %",
        "4 ▕████████████████████████                         1  25.0 %",
        "5 ▕                                                 0   0.0 %",
        "6 ▕                                                 0   0.0 %",
        "7 ▕████████████████████████                         1  25.0 %",
        "25 different characters, 2 not ASCII: ë\u{A0}1, ï\u{A0}1",
        "letters: Latin\u{A0}45",
        "",
        "label: 2 values",
        "chef    ▕████████████████████████████████████████████████ 3  75.0 %",
        "teacher ▕████████████████                                 1  25.0 %",
      ])
  }

  @Test func `in short`() throws {
    let view = try sample.view(of: object, "table")
    #expect(
      view.summary(width: 100) == [
        "4 rows, 2 columns; 1 repeats an earlier one; text: 3–7 words, mean 4.3; label: 2 values"
      ])
  }

  @Test func `one row whole, by its number`() throws {
    let view = try sample.view(of: object, "table", RowSelection(row: 4))
    #expect(
      view.text(width: 24) == [
        "row 4, loaded from line 7", "  text   Zoë naïvely said \"", "         a⇥b \"",
        "  label  chef",
      ])
    #expect(view.json["text"]?.stringValue == "Zoë naïvely said \" a\tb \"")
    #expect(view.json["line"] == "7")
  }

  @Test func `a row beyond the last is refused`() throws {
    #expect(throws: Diagnostic.self) {
      try sample.view(of: object, "table", RowSelection(row: 5))
    }
  }

  @Test func `the rows that hold a text`() throws {
    let view = try sample.view(of: object, "table", RowSelection(limit: 1, text: "cooks"))
    #expect(
      view.text(width: 80) == [
        "2 rows with 'cooks', the first shown", "", "line  text        label",
        "────  ──────────  ─────", "   3  He cooks .  chef",
      ])
    #expect(view.json["matches"] == 2)
  }

  @Test func `with the scripts of its letters`() throws {
    let mixed = "line\ttext\n1\tабв год 12, Zoë\n2\t日本の カナ 한 עב Ω\n"
    let view = try sample.view(of: try sample.stored(mixed), "table")
    let line = try #require(view.text(width: 400).last)
    #expect(
      line.replacing("\u{A0}", with: " ")
        == "letters: Cyrillic 6 (33.3 %), Latin 3 (16.7 %), Han 2 (11.1 %), Hebrew 2 (11.1 %),"
        + " Katakana 2 (11.1 %), Greek 1 (5.6 %), Hangul 1 (5.6 %), Hiragana 1 (5.6 %)")
    #expect(view.json["columns"]?.arrayValue?.first?["scripts"]?["Cyrillic"] == 6)
  }

  @Test func `as JSON, with the counts of its labels`() throws {
    let json = try sample.view(of: object, "table").json
    #expect(json["rows"] == 4)
    #expect(json["distinct-rows"] == 3)
    #expect(json["columns"]?.arrayValue?.last?["values"] == ["chef": 3, "teacher": 1])
    #expect(json["first"]?.arrayValue?.count == 4)
  }

  @Test func `when it has no rows`() throws {
    let view = try sample.view(of: try sample.stored("line\ttext\tlabel\n"), "table")
    #expect(view.text(width: 80).first == "0 rows, 2 columns")
  }

  @Test func `a column of numbers has a range`() throws {
    let numbers = "line\tprobability\n" + (1...300).map { "\($0)\t\($0).5\n" }.joined()
    let view = try sample.view(of: try sample.stored(numbers), "table")
    #expect(view.text(width: 80).contains("probability: 1.50 to 300.50, mean 151.00"))
  }

  @Test func `of translations the worst, their texts one below the other`() throws {
    let rows = """
      line\tsource\treference\thypothesis\tscore\talignment
      2\tun chat\ta cat\ta cat\t-0.10\t0 1
      3\tdeux chiens\ttwo dogs\tdogs\t-1.50\t1
      4\tun oiseau\ta bird\ta fish\t-0.75\t0 1

      """
    let view = try sample.view(of: try sample.stored(rows), "table", RowSelection(limit: 2))
    let lines = view.text(width: 80)
    let start = try #require(lines.firstIndex(of: "the worst by score:"))
    #expect(
      lines[start...].prefix(11) == [
        "the worst by score:", "",
        "line 3  score -1.50", "  source      deux chiens", "  reference   two dogs",
        "  hypothesis  dogs", "",
        "line 4  score -0.75", "  source      un oiseau", "  reference   a bird",
        "  hypothesis  a fish",
      ])
    let drawn = ["source", "reference", "hypothesis", "score", "alignment"].filter { name in
      lines.contains { $0.hasPrefix("\(name): ") }
    }
    #expect(drawn == ["source", "reference", "hypothesis", "score"])
    #expect(lines.contains("score: -1.5000 to -0.1000, mean -0.7833"))
  }

  @Test func `numbers fall into bins with round ends`() throws {
    let numbers = (0..<100).map { "\($0 + 2)\t\(Double($0) / 100)" }
    let rows = (["line\tscore"] + numbers + [""]).joined(separator: "\n")
    let lines = try sample.view(of: try sample.stored(rows), "table").text(width: 80)
    let start = try #require(lines.firstIndex(of: "score: 0.0000 to 0.9900, mean 0.4950"))
    let bins = lines[(start + 1)...].prefix { $0.contains("▕") }
    #expect(bins.count == 10)
    #expect(bins.first?.hasPrefix("0.0 – 0.1 ▕") == true)
    #expect(bins.allSatisfy { $0.hasSuffix("10  10.0 %") })
  }
}
