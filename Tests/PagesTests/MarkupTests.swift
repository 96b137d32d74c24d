import Pages
import Testing

@Suite struct `HTML and SVG` {
  @Test func `text and attributes cannot become markup`() {
    let hostile = "<script>alert(\"1\")</script> & 'x'"
    let markup = Markup.tag(.p, [.title: hostile], hostile)
    let escaped = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; 'x'"
    #expect(markup.text == "<p title=\"\(escaped)\">\(escaped)</p>\n")
  }

  @Test(arguments: ["\u{0}", "\u{1B}", "\u{7F}", "\u{85}", "\u{9F}"])
  func `characters that a page may not hold become U+FFFD`(character: String) {
    #expect(Markup.tag(.em, [:], "a\(character)b").text == "<em>a\u{FFFD}b</em>")
  }

  @Test func `line ends, letters of all languages and emoji stay`() {
    let text = "é 東京 👩‍👩‍👧 \n\t"
    #expect(Markup.text(text).text == text)
  }

  @Test func `what would turn the direction of the text is neutralised as on a terminal`() {
    #expect(Markup.text("a\u{202E}b\u{2067}\u{1B}").text == "a\u{FFFD}b\u{FFFD}\u{FFFD}")
  }

  @Test func `elements without content end as HTML and SVG have it`() {
    #expect(Markup.tag(.br).text == "<br>")
    #expect(Markup.tag(.cell).text == "<td></td>\n")
    #expect(Markup.tag(.path, [.d: "M0 0"]).text == "<path d=\"M0 0\"/>\n")
  }

  @Test func `a number is read by people and, with all its digits, by programs`() {
    #expect(
      Markup.score(0.9577_6398_1).text == "<data value=\"0.957763981\">0.9578</data>")
    #expect(Markup.count(12_345, "row").text == "<data value=\"12345\">12,345 rows</data>")
  }

  @Test func `long texts of a table get a style of their own`() {
    var table = PageTable("lines", [.number("line"), .passage("text")])
    table.append([.text("1"), .text("two words")], isMarked: true)
    #expect(table.markup.text.contains("<table class=\"wrapping\">"))
    #expect(table.markup.text.contains("<tr class=\"marked\">"))
    #expect(table.markup.text.contains("<td class=\"number\" data-column=\"line\">1</td>"))
  }
}
