/// A page of HTML in one file: it needs no script, no network, and no other file.
package struct Page: Sendable {
  /// One part of a page under a heading, which the contents at the top link to.
  package struct Section: Sendable {
    let id: String
    let heading: String
    let content: [Markup]

    package init(id: String, _ heading: String, _ content: [Markup]) {
      self.id = id
      self.heading = heading
      self.content = content
    }
  }

  private let title: String
  private let header: [Markup]
  private let sections: [Section]
  private let footer: [Markup]

  /// - Parameter header: the pieces below the title, before the first section.
  package init(title: String, header: [Markup], _ sections: [Section], footer: [Markup]) {
    self.title = title
    self.header = header
    self.sections = sections
    self.footer = footer
  }

  /// The bytes of the file.
  package var html: String {
    let style = Markup.pieces(PageStyle.all.map(Markup.rules))
    let head: [Markup] = [
      .tag(.meta, [.charset: "utf-8"]),
      .tag(
        .meta,
        [
          .equivalent: "Content-Security-Policy",
          .content: ContentPolicy(allowing: style.text).text,
        ]),
      .tag(.meta, [.name: "viewport", .content: "width=device-width, initial-scale=1"]),
      .tag(.meta, [.name: "color-scheme", .content: "light dark"]),
      .tag(.title, [:], title), .tag(.style, [:], [style]),
    ]
    let links = sections.map { Markup.tag(.a, [.href: "#\($0.id)"], $0.heading) }
    let body: [Markup] = [
      .tag(.header, [:], [.tag(.h1, [:], title)] + header),
      .tag(.nav, [.label: "sections"], links),
      .tag(.main, [:], sections.map(\.markup)), .tag(.footer, [:], footer),
    ]
    return "<!DOCTYPE html>\n"
      + Markup.tag(.html, [.lang: "en"], [.tag(.head, [:], head), .tag(.body, [:], body)]).text
  }

  /// The figures and tables, each with a name for its file: its section's and its own.
  package var exhibits: [(name: String, exhibit: Exhibit)] {
    let all =
      header.flatMap(\.exhibits).map { ("verdict", $0) }
      + sections.flatMap { section in
        section.content.flatMap(\.exhibits).map { (section.id, $0) }
      }
    var counts: [String: Int] = [:]
    return all.map { section, exhibit in
      let name = "\(section) \(exhibit.title)".fileName
      counts[name, default: 0] += 1
      return (counts[name] == 1 ? name : "\(name)-\(counts[name] ?? 1)", exhibit)
    }
  }
}

extension Page.Section {
  fileprivate var markup: Markup {
    .tag(.section, [.id: id], [.tag(.h2, [:], heading)] + content)
  }
}

extension String {
  /// Its letters and digits of ASCII in lower case, other runs as single hyphens.
  fileprivate var fileName: String {
    let words = lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    return String(words.joined(separator: "-").prefix(100))
  }
}
