import Reports
import Testing

@Suite struct `Text in columns` {
  private static var table: TextTable {
    var table = TextTable([.name("stage"), .text("what it did"), .number("rows")])
    table.append(["load", "read a file of short biographies", "6,400"])
    table.append(["clean", "naïve 漢字 text", "12"])
    return table
  }

  @Test func `words lie left, numbers right, under their titles`() {
    #expect(
      Self.table.lines(width: 80) == [
        "stage  what it did                        rows",
        "─────  ────────────────────────────────  ─────",
        "load   read a file of short biographies  6,400",
        "clean  naïve 漢字 text                      12",
      ])
  }

  @Test func `text is cut where the table is too wide, names and numbers are not`() {
    #expect(
      Self.table.lines(width: 30) == [
        "stage  what it did        rows",
        "─────  ────────────────  ─────",
        "load   read a file of…   6,400",
        "clean  naïve 漢字 text      12",
      ])
  }

  @Test func `columns without room stand in a table below, after the first column again`() {
    var table = TextTable([.name("score"), .number("1-gram"), .number("2-gram"), .text("remark")])
    table.append(["bleu", "97.37", "94.33", "as sacreBLEU has it"])
    #expect(
      table.lines(width: 24) == [
        "score  1-gram  2-gram", "─────  ──────  ──────", "bleu    97.37   94.33", "",
        "score  remark", "─────  ─────────────────", "bleu   as sacreBLEU has…",
      ])
    #expect(!table.fits(width: 24) && table.fits(width: 30))
    #expect(table.lines(width: 3).contains("bleu    97.37"))
  }

  @Test func `of a path the end is kept`() {
    var table = TextTable([.path("definition"), .number("size")])
    table.append(["pipelines/classify-bios.toml", "9 kB"])
    #expect(
      table.lines(width: 22) == [
        "definition        size", "────────────────  ────", "…ssify-bios.toml  9 kB",
      ])
  }

  @Test func `other programs get whole cells, quoted or escaped, and counts without commas`() {
    var table = Self.table
    table.append(["a|b", "say \"x\",\nthen", "1,234,567"])
    #expect(
      table.csv == [
        "stage,what it did,rows", "load,read a file of short biographies,6400",
        "clean,naïve 漢字 text,12", "a|b,\"say \"\"x\"\",\nthen\",1234567",
      ])
    #expect(
      table.markdown == [
        "| stage | what it did | rows |", "| --- | --- | ---: |",
        "| load | read a file of short biographies | 6,400 |", "| clean | naïve 漢字 text | 12 |",
        "| a\\|b | say \"x\",⏎then | 1,234,567 |",
      ])
  }

  @Test func `a column without a title has no rule, a table without titles no head`() {
    var marked = TextTable([.number("n"), .name()])
    marked.append(["1", "← best"])
    #expect(marked.lines(width: 80) == ["n", "─", "1  ← best"])
    var plain = TextTable([.name(), .text()])
    plain.append(["a", "b"])
    #expect(plain.lines(width: 80) == ["a  b"])
  }

  @Test func `nothing in a cell or a title can move the cursor or turn the text`() {
    var table = TextTable([.text()])
    table.append(["a\tb\nc\u{1B}[31m\u{202E}"])
    #expect(table.lines(width: 80) == ["a⇥b⏎c\u{FFFD}[31m\u{FFFD}"])
    for column: TextTable.Column in [.text("\u{1B}c"), .name("\u{1B}c"), .number("\u{1B}c")] {
      #expect(TextTable([column]).lines(width: 80)[0] == "\u{FFFD}c")
    }
  }

  @Test func `short texts fill columns downwards`() {
    #expect(Columns.lines(["a", "bb", "c", "d", "e"], width: 12) == ["a    c    e", "bb   d"])
    #expect(Columns.lines([], width: 12) == [])
  }

  @Test func `running text is broken at spaces, and inside a word only when it must be`() {
    #expect("one two three".wrapped(to: 8) == ["one two", "three"])
    #expect("abcdefghij k".wrapped(to: 5) == ["abcd", "efgh", "ij k"])
    #expect("nrefs:1|case:mixed|eff:no".wrapped(to: 20) == ["nrefs:1|case:mixed|", "eff:no"])
    #expect("漢字漢字".endFitted(to: 5) == "…漢字")
    #expect("漢字漢字".fitted(to: 5) == "漢字…")
  }
}
