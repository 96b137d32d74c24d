import Foundation

/// The page of `report`, or a stretch of it, taken apart as a person reads it.
struct ReportPage {
  /// What a cell shows, and the numbers behind it with all their digits.
  struct Cell {
    let text: String
    let values: [(exact: String, shown: String)]

    /// The first number; nil for a cell without.
    var number: Double? { values.first.flatMap { Double($0.exact) } }

    init(_ html: Substring) {
      text = ReportPage.text(html)
      values = html.matches(of: /<data value="([^"]*)">([^<]*)<\/data>/).map {
        (String($0.1), ReportPage.text($0.2))
      }
    }
  }

  struct Table {
    let columns: [String]
    let rows: [[Cell]]

    /// The cells of a column; nil where there is none of that name.
    func column(_ name: String) -> [Cell]? {
      columns.firstIndex(of: name).map { place in rows.map { $0[place] } }
    }
  }

  let html: Substring

  init(_ html: Substring) { self.html = html }

  /// The section of a name; nil when the page has none.
  func section(_ id: String) -> ReportPage? {
    guard let start = html.range(of: "<section id=\"\(id)\""),
      let end = html.range(of: "</section>", range: start.upperBound..<html.endIndex)
    else { return nil }
    return ReportPage(html[start.lowerBound..<end.lowerBound])
  }

  var tables: [Table] {
    html.matches(of: /(?s)<table[^>]*>.*?<\/table>/).map { match in
      let rows = match.0.matches(of: /(?s)<tr[^>]*>(.*?)<\/tr>/).map { row in
        row.1.matches(of: /(?s)<t[hd][^>]*>(.*?)<\/t[hd]>/).map { Cell($0.1) }
      }
      return Table(columns: rows.first?.map(\.text) ?? [], rows: Array(rows.dropFirst()))
    }
  }

  /// What stands between `<p class="sentence">` and its end: the name of the text, and the text.
  var sentences: [[(name: String, text: String)]] {
    var blocks: [[(name: String, text: String)]] = [[]]
    let parts = html.matches(
      of: /(?s)<p class="(sentence|note)">(?:<span class="name">([^<]*)<\/span>)?(.*?)<\/p>/)
    for part in parts {
      if part.1 == "sentence" {
        blocks[blocks.count - 1].append((String(part.2 ?? ""), Self.text(part.3)))
      } else if !blocks[blocks.count - 1].isEmpty {
        blocks[blocks.count - 1].append(("note", Self.text(part.3)))
        blocks.append([])
      }
    }
    return blocks.filter { !$0.isEmpty }
  }

  /// The text that HTML shows.
  static func text(_ html: Substring) -> String {
    var text = html.replacing(/<[^>]*>/, with: "")
    for (entity, character) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
    ] { text = text.replacing(entity, with: character) }
    return String(text)
  }
}
