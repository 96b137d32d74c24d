import Diagnostics

/// A piece of HTML or SVG; its texts are escaped when it is written.
package indirect enum Markup: Sendable {
  case text(String)
  case element(Tag, [(name: Attribute, value: String)], [Markup])
  /// Pieces next to each other.
  case pieces([Markup])
  /// Style rules of this program's own, which are written without escaping.
  case rules(StyleRules)
  /// A figure or a table, and how a page shows it.
  case exhibit(Exhibit, Markup)

  /// An element.
  package static func tag(
    _ tag: Tag, _ attributes: KeyValuePairs<Attribute, String> = [:], _ content: [Markup] = []
  ) -> Markup {
    .element(tag, attributes.map { (name: $0.key, value: $0.value) }, content)
  }

  /// An element that holds text.
  package static func tag(
    _ tag: Tag, _ attributes: KeyValuePairs<Attribute, String> = [:], _ text: String
  ) -> Markup {
    .tag(tag, attributes, [.text(text)])
  }

  /// The text of a file of its own, or of a part of one.
  package var text: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .text(let content): text += content.escaped
    case .rules(let rules): text += rules.text
    case .exhibit(_, let shown): shown.write(to: &text)
    case .pieces(let pieces): for piece in pieces { piece.write(to: &text) }
    case .element(let tag, let attributes, let content):
      text += "<\(tag.rawValue)"
      for (name, value) in attributes { text += " \(name.rawValue)=\"\(value.escaped)\"" }
      if content.isEmpty, tag.isDrawn {
        text += "/>"
      } else {
        text += ">"
        for piece in content { piece.write(to: &text) }
        if !tag.isVoid { text += "</\(tag.rawValue)>" }
      }
      if tag.endsLine { text += "\n" }
    }
  }
}

extension Markup: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self = .text(text) }
}

extension String {
  /// The text escaped for HTML and XML, with U+FFFD for characters that neither may contain.
  fileprivate var escaped: String {
    guard utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F || "&<>\"".utf8.contains($0) }) else {
      return self
    }
    var escaped = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\n", "\t": escaped.unicodeScalars.append(scalar)
      case _ where scalar.isObeyed: escaped += "\u{FFFD}"
      case _ where scalar.properties.isNoncharacterCodePoint: escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
