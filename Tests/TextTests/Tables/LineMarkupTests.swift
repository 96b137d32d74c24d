import Diagnostics
import HostileInputs
import Testing
import Text

/// What prepare-iwslt14.sh makes of the same lines with grep and sed.
struct LineMarkupTests {
  private static let train = """
    <url>http://www.ted.com/talks/x</url>
    <keywords>talks, science</keywords>
    <speaker>A B</speaker>
    <talkid>535</talkid>
    <title>A B: A title &amp; more</title>
    <description>TED Talk Subtitles: it’s  so.</description>
     So it is.\u{20}

    Last

    """

  private static let xml = """
    <?xml version="1.0" encoding="UTF-8"?>
    <doc docid="1" genre="lectures">
    <url>http://x</url>
    <seg id="1"> Well, it’s me. </seg>
      <seg id="12">\tA &quot;b&quot; </seg> \u{20}
    <seg id="x">odd</seg>
    </doc>
    """

  @Test(arguments: [2, 1000])
  func `training lines lose their tags, and lines about the talk go`(step: Int) throws {
    let rows = try read([Self.train], .iwsltTrain, step: step)
    #expect(
      rows.fields == [
        ["<speaker>A B</speaker>"], ["A B: A title &amp; more"],
        ["TED Talk Subtitles: it’s  so."], [" So it is. "], [""], ["Last"],
      ])
    #expect(rows.origins == ["3", "5", "6", "7", "8", "9"])
  }

  @Test(arguments: [2, 1000])
  func `of the XML the segments are left, with plain apostrophes`(step: Int) throws {
    let rows = try read([Self.xml], .iwsltXML, step: step)
    #expect(
      rows.fields == [["Well, it's me."], ["  A &quot;b&quot;"], ["<seg id=\"x\">odd"]])
    #expect(rows.origins == ["4", "5", "6"])
  }

  @Test func `files must hold as many sentences, whatever else they hold`() throws {
    let short = "<seg id=\"1\">a</seg>\n"
    let error = #expect(throws: Diagnostic.self) {
      try read([Self.xml, short], .iwsltXML, step: 100)
    }
    #expect(error?.message.problem == "1 line, but f0 has 3")
    #expect(try read([short, "<x>\n\(short)"], .iwsltXML, step: 100).fields == [["a", "a"]])
  }

  private func read(
    _ texts: [String], _ markup: LineMarkup, step: Int
  ) throws(Diagnostic) -> Rows {
    let readers = texts.map { LineReader(ByteChunks($0, step: step), file: "f", markup: markup) }
    let reader = ParallelReader(readers, files: texts.indices.map { "f\($0)" })
    var rows = Rows()
    while let batch = try reader.next() { rows.append(batch) }
    return rows
  }
}
