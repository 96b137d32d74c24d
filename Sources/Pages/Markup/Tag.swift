/// The elements a page or a drawing is made of; there is none that could run a script.
package enum Tag: String, Sendable {
  case html, head, title, meta, style, body, header, main, footer, nav, section, div, figure
  case figureCaption = "figcaption"
  case h1, h2, h3, p, span, strong, em, code, pre, a, data, small, br
  case mark
  case terms = "dl"
  case term = "dt"
  case definition = "dd"
  case list = "ul"
  case item = "li"
  case table, caption
  case tableHead = "thead"
  case tableBody = "tbody"
  case row = "tr"
  case headingCell = "th"
  case cell = "td"
  case details, summary
  case svg, g, rect, circle, line, path, polyline, text, tspan, desc, defs, marker, pattern

  /// Whether it has no content and no end in HTML.
  var isVoid: Bool { self == .meta || self == .br }

  /// Whether a line break after it does not show.
  var endsLine: Bool {
    switch self {
    case .title, .span, .strong, .em, .mark, .code, .a, .data, .small, .br, .text, .tspan, .desc:
      false
    default: true
    }
  }

  /// Whether an element without content is written as one tag, as in XML.
  var isDrawn: Bool {
    switch self {
    case .rect, .circle, .line, .path, .polyline: true
    default: false
    }
  }
}
